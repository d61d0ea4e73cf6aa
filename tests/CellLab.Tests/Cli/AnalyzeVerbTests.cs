using System.Text.Json;
using System.Text.RegularExpressions;
using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Core;

namespace CellLab.Tests.Cli;

public sealed partial class AnalyzeVerbTests
{
    private const string Cycle = "test_time_second,voltage_volt,current_ampere\n0,3,0.001\n3600,4,0.001\n3601,3.9,-0.001\n7201,3,-0.001\n";

    [Fact]
    public async Task Analyze_prints_a_table_for_people_and_json_for_programs()
    {
        using var folder = new Service.TemporaryFolder();
        string file = folder.Write("cell.bdf.csv", Cycle);
        var people = new CliRun();
        Assert.Equal(0, await people.RunAsync("analyze", file));
        Assert.Contains("CE %", people.Out.ToString(), StringComparison.Ordinal);
        var programs = new CliRun();
        Assert.Equal(0, await programs.RunAsync("analyze", file, "--json"));
        using JsonDocument json = JsonDocument.Parse(programs.Out.ToString());
        Assert.Equal(100, json.RootElement.GetProperty("cycling").GetProperty("cycles")[0].GetProperty("coulombic_efficiency_percent").GetDouble(), 1e-9);
        Assert.False(json.RootElement.TryGetProperty("eis", out _));
    }

    [Fact]
    public async Task Settings_come_from_a_file_and_a_wrong_value_is_refused_with_its_line()
    {
        using var folder = new Service.TemporaryFolder();
        string file = folder.Write("cell.bdf.csv", Cycle);
        var good = new CliRun();
        Assert.Equal(0, await good.RunAsync("analyze", file, "--with", folder.Write("good.json", """{"dqdv": {"cycles": [2]}}"""), "--json"));
        using JsonDocument json = JsonDocument.Parse(good.Out.ToString());
        Assert.Equal(0, json.RootElement.GetProperty("cycling").GetProperty("dqdv").GetArrayLength());
        var wrong = new CliRun();
        Assert.Equal(1, await wrong.RunAsync("analyze", file, "--with", folder.Write("wrong.json", "{\"dqdv\":\n {\"bin_v\": -1}}")));
        Assert.Contains("wrong.json:2:", wrong.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no table at all\nindeed none\n")]
    [InlineData("Test Time / s,Voltage / V\n0,3\n")]
    public async Task A_file_that_cannot_be_used_ends_with_1_and_is_named(string text)
    {
        using var folder = new Service.TemporaryFolder();
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("analyze", folder.Write("odd.csv", text), "--json"));
        Assert.Contains("odd.csv", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_1()
    {
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("analyze", "nowhere.csv"));
        Assert.Contains("nowhere.csv", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_says_what_a_file_is()
    {
        using var folder = new Service.TemporaryFolder();
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("import", folder.Write("cell.bdf.csv", Cycle)));
        Assert.Contains("bdf-csv, 4 rows", run.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_the_how_to_are_read_without_a_word()
    {
        string page = RepositoryFiles.Text("docs", "how-to", "analyze-a-file.md");
        MatchCollection blocks = JsonBlock().Matches(page);
        Assert.Equal(3, blocks.Count);
        foreach (Match block in blocks)
        {
            AnalyzeSettingsReader.Read("how-to.json", block.Groups[1].Value, out IReadOnlyList<CellLab.Core.Documents.Finding> warnings);
            Assert.Empty(warnings);
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
