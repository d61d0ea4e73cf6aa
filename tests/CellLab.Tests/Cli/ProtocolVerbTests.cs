using System.Text.Json;
using System.Xml.Linq;

namespace CellLab.Tests.Cli;

public sealed class ProtocolVerbTests : IDisposable
{
    private const string OneCycle = """
        {"sample":{"name":"$NAME"},"record":{"time_s":30},"safety":{"max_voltage_V":4.9,"min_voltage_V":1.8},"method":[
        {"step":"constant_current","rate_C":0.1,"until_voltage_V":4.8},{"step":"constant_current","rate_C":-0.1,"until_voltage_V":2.0}]}
        """;

    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("celllab-protocol-").FullName, "cycle.json");

    public ProtocolVerbTests() => File.WriteAllText(file, OneCycle);

    [Fact]
    public async Task A_valid_protocol_ends_with_0_and_its_steps_as_JSON()
    {
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("protocol", "check", file, "--mass", "2.00mg", "--capacity", "250mAh/g", "--json"));

        JsonElement answer = JsonDocument.Parse(run.Out.ToString()).RootElement;
        Assert.True(answer.GetProperty("valid").GetBoolean());
        JsonElement step = answer.GetProperty("steps")[0];
        Assert.Equal("c-rate", step.GetProperty("control").GetProperty("kind").GetString());
        Assert.Equal(0.1, step.GetProperty("control").GetProperty("value").GetDouble());
        Assert.Equal(4.8, step.GetProperty("ends")[0].GetProperty("value").GetDouble());
        Assert.Equal(30, step.GetProperty("period_s").GetDouble());
    }

    [Fact]
    public async Task An_invalid_protocol_ends_with_1_and_the_first_error_first()
    {
        await File.WriteAllTextAsync(file, OneCycle.Replace("until_voltage_V\":4.8", "until_volts\":4.8", StringComparison.Ordinal));
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("protocol", "check", file, "--capacity", "0.5mAh", "--json"));
        Assert.StartsWith($"{file}:2:", run.Reason, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(run.Out.ToString()).RootElement.GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData("--mass", "2.00mg")]
    [InlineData("--capacity", "250mAh/g")]
    [InlineData("--capacity", "250")]
    public async Task A_base_that_is_not_one_is_wrong_usage(string option, string value)
    {
        var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("protocol", "check", file, option, value));
        Assert.Contains("--", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_file_carries_sample_and_currents()
    {
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("protocol", "convert", file, "--to", "neware", "--sample", "cell-7", "--capacity", "0.5mAh"));

        XElement root = XElement.Parse(run.Out.ToString().TrimStart('\uFEFF'));
        Assert.Contains(root.Descendants(), element => element.Attribute("Value")?.Value == "cell-7");
        Assert.Equal("3", root.Descendants("Step_Info").Single().Attribute("Num")!.Value);
    }

    [Fact]
    public async Task A_step_file_without_a_sample_is_refused_and_nothing_is_written()
    {
        string target = file + ".xml";
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("protocol", "convert", file, "--to", "neware", "--capacity", "0.5mAh", "--out", target));
        Assert.Contains("--sample", run.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    [Fact]
    public async Task The_unicycler_form_reads_back_as_the_same_protocol()
    {
        string target = file + ".unicycler.json";
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("protocol", "convert", file, "--to", "unicycler", "--sample", "cell-7", "--capacity", "0.5mAh", "--out", target));

        var before = new CliRun();
        var after = new CliRun();
        await before.RunAsync("protocol", "check", file, "--capacity", "0.5mAh", "--json");
        Assert.Equal(0, await after.RunAsync("protocol", "check", target, "--json"));
        Assert.Equal(before.Out.ToString(), after.Out.ToString());
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
}
