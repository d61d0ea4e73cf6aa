using CellLab.Tests.Architecture;

namespace CellLab.Tests.Drivers;

/// <summary>The code of docs/how-to/write-a-driver.md is the code of the driver that keeps the contract.</summary>
public sealed class WriteADriverPageTests
{
    private const string Folder = "tests/CellLab.ContractTests/SmallSupply/";
    private const string Fence = "```";

    [Fact]
    public void Every_snippet_stands_in_the_example_driver()
    {
        string[] files = [.. SourceTree.CSharp.Where(p => p.StartsWith(Folder, StringComparison.Ordinal)).Select(SourceTree.Text)];
        string[] snippets = [.. Snippets(SourceTree.Text("docs/how-to/write-a-driver.md"))];

        Assert.InRange(snippets.Length, 8, 20);
        Assert.All(snippets, snippet => Assert.True(files.Any(f => f.Contains(snippet, StringComparison.Ordinal)), $"not in {Folder}:\n{snippet}"));
    }

    [Fact]
    public void Every_file_of_the_example_is_named_in_the_page_or_is_its_test()
    {
        string page = SourceTree.Text("docs/how-to/write-a-driver.md");

        Assert.All(
            SourceTree.CSharp.Where(p => p.StartsWith(Folder, StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension),
            name => Assert.Contains(name!, page, StringComparison.Ordinal));
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
