using CellLab.Tests.Architecture;

namespace CellLab.Tests.Drivers;

/// <summary>The code of docs/how-to/write-a-driver.md is the code of the driver that keeps the contract.</summary>
public sealed class WriteADriverPageTests
{
    private const string Folder = "drivers/SmallSupply/";
    private const string Contract = "tests/CellLab.ContractTests/SmallSupply/SmallSupplyContract.cs";
    private const string Fence = "```";

    [Fact]
    public void Every_snippet_stands_in_the_example_driver()
    {
        string[] files = [.. SourceTree.CSharp.Where(p => p.StartsWith(Folder, StringComparison.Ordinal)).Append(Contract).Select(SourceTree.Text)];
        string[] snippets = [.. Snippets(SourceTree.Text("docs/how-to/write-a-driver.md"))];

        Assert.InRange(snippets.Length, 8, 20);
        Assert.All(snippets, snippet => Assert.True(files.Any(f => f.Contains(snippet, StringComparison.Ordinal)), $"not in {Folder}:\n{snippet}"));
    }

    [Fact]
    public void Every_file_of_the_example_is_named_in_the_page()
    {
        string page = SourceTree.Text("docs/how-to/write-a-driver.md");

        Assert.All(
            SourceTree.CSharp.Where(p => p.StartsWith(Folder, StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension),
            name => Assert.Contains(name!, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_outside_its_folder_and_its_contract_knows_the_example_but_the_table_of_drivers()
    {
        string[] knows =
        [
            .. SourceTree.CSharp.Where(p => !p.StartsWith(Folder, StringComparison.Ordinal) && !p.StartsWith("tests/", StringComparison.Ordinal))
                .Where(p => SourceTree.Text(p).Contains("SmallSupply", StringComparison.Ordinal)),
        ];

        Assert.Equal(["drivers/Catalog/DriverCatalog.cs"], knows);
    }

    private static IEnumerable<string> Snippets(string page)
    {
        string begin = Fence + "csharp\n";
        for (int at = page.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = page.IndexOf(begin, at + 1, StringComparison.Ordinal))
        {
            int from = at + begin.Length;
            yield return page[from..page.IndexOf("\n" + Fence, from, StringComparison.Ordinal)];
        }
    }
}
