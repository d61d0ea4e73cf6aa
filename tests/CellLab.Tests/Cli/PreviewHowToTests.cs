using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Tests.Core;

namespace CellLab.Tests.Cli;

/// <summary>The how-to page on previews: its command is run, and what the page shows is compared line by line, figures within 1 %.</summary>
[Trait("Suite", "Broad")]
public sealed partial class PreviewHowToTests
{
    [Fact]
    public async Task The_command_of_the_page_says_what_the_page_shows()
    {
        string[] blocks = RepositoryFiles.Text("docs", "how-to", "preview-a-protocol.md").Split("```");
        string[] command = blocks[1].Trim().Split(' ');
        var run = new CliRun();

        int code = await run.RunAsync([.. command.Skip(1).Select(Located)]);

        Assert.Equal(0, code);
        string[] shown = Lines(blocks[3]["console".Length..]);
        string[] said = Lines(run.Out.ToString());
        Assert.Equal(shown.Select(Words), said.Select(Words));
        Assert.All(shown.Zip(said).SelectMany(pair => Figures(pair.First).Zip(Figures(pair.Second))), pair => Assert.Equal(pair.First, pair.Second, 0.01 * Math.Abs(pair.First)));
    }

    private static string Located(string argument) =>
        argument.StartsWith("config/", StringComparison.Ordinal) ? RepositoryFiles.PathOf(argument.Split('/')) : argument;

    /// <summary>Without the dates, which stand in the time zone of the machine, and without the dots of the sketches.</summary>
    private static string[] Lines(string text) => [.. text.Trim().Split('\n')
        .Where(line => !line.StartsWith("starts ", StringComparison.Ordinal))
        .Select(line => line.Split('|')[0].Trim())];

    private static string Words(string line) => Blanks().Replace(Figure().Replace(line, "#"), " ");

    private static IEnumerable<double> Figures(string line) =>
        Figure().Matches(line).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
