using System.Text.RegularExpressions;
using CellLab.Tests.Core;

namespace CellLab.Tests.Cli;

/// <summary>The how-to page on exchange: its files and its commands are run, and what it shows of their output is compared.</summary>
public sealed partial class ExchangeHowToTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-howto-").FullName;
    private readonly string _page = RepositoryFiles.Text("docs", "how-to", "exchange-protocols.md");

    [Fact]
    public async Task Every_command_of_the_page_succeeds_and_says_what_the_page_shows()
    {
        await File.WriteAllTextAsync(PathOf("cycle.txt"), Block("text"));
        await File.WriteAllTextAsync(PathOf("life.json"), Block("json"));
        string said = "";
        string[] commands = [.. Blocks("").SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("celllab ", StringComparison.Ordinal))];
        foreach (string command in commands)
        {
            var run = new CliRun();
            Assert.True(await run.RunAsync([.. command.Split(' ').Skip(1).Select(Located)]) == 0, $"{command}: {run.Error}");
            said += $"{run.Out}{run.Error}";
        }

        Assert.Equal(8, commands.Length);
        Assert.All(
            Blocks("console").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            line => Assert.Contains(line, said.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Located(string argument) => argument switch
    {
        "config/protocols/rate-map.json" => RepositoryFiles.PathOf("config", "protocols", "rate-map.json"),
        _ when FileName().IsMatch(argument) => PathOf(argument),
        _ => argument,
    };

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Block(string language) => Blocks(language).Single();

    private IEnumerable<string> Blocks(string language) => Fenced().Matches(_page).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value);

    [GeneratedRegex(@"^\w+\.(txt|json|xml)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^```(\w*)\r?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
