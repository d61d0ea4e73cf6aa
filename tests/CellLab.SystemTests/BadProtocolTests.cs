using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>Wrong protocols: each one clear message that names the place, exit code 1, without a service.</summary>
public sealed class BadProtocolTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "unknown member", Method("""{"step":"constant_current","rate_C":0.1,"until_voltage":4.8}"""), "until_voltage" },
        { "unknown step", Method("""{"step":"constant_curent","rate_C":0.1,"until_voltage_V":4.8}"""), "constant_curent" },
        {
            "crossing loops",
            Method(
                """{"step":"tag","tag":"a"}""", Charge, """{"step":"tag","tag":"b"}""", Discharge, """{"step":"loop","loop_to":"a","cycle_count":3}""",
                Charge, """{"step":"loop","loop_to":"b","cycle_count":2}"""),
            "loop"
        },
        { "loop to a tag that is not there", Method(Charge, Discharge, """{"step":"loop","loop_to":"z","cycle_count":3}"""), "z" },
        { "no end", Method("""{"step":"constant_current","rate_C":0.1}"""), "until" },
        { "limit inside the window", Document("""{"max_voltage_V":4.5,"min_voltage_V":1.8}""", Charge, Discharge), "4.5" },
        { "limits the wrong way round", Document("""{"max_voltage_V":1.8,"min_voltage_V":4.9}""", Charge), "voltage_V" },
        { "no steps", Document("{}"), "method" },
        { "not JSON", "{\"method\": [", "1:" },
    };

    private static string Charge => """{"step":"constant_current","rate_C":0.1,"until_voltage_V":4.8}""";

    private static string Discharge => """{"step":"constant_current","rate_C":-0.1,"until_voltage_V":2.0}""";

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_protocol_is_refused_with_its_place(string what, string text, string named)
    {
        string file = folder.Write("wrong.json", text);

        RunResult result = await App.RunAsync("protocol", "check", file, "--mass", "2.00mg", "--capacity", "250mAh/g");

        Assert.True(result.ExitCode == 1, $"{what}: {result}");
        Assert.StartsWith(file, result.Reason, StringComparison.Ordinal);
        Assert.Contains(named, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_without_a_base_is_refused()
    {
        string file = folder.Write("rates.json", Document("{}", Charge, Discharge));
        RunResult result = await App.RunAsync("protocol", "convert", file, "--to", "neware", "--sample", "lmno-1");
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("capacity", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_quantity_without_its_unit_is_wrong_usage()
    {
        string file = folder.Write("rates.json", Document("{}", Charge, Discharge));
        RunResult result = await App.RunAsync("protocol", "check", file, "--mass", "2.00", "--capacity", "250mAh/g");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--mass", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_protocol_that_comes_with_the_repository_is_valid()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(App.Root, "config", "protocols")))
        {
            RunResult result = await App.RunAsync("protocol", "check", file, "--mass", "2.00mg", "--capacity", "250mAh/g");
            Assert.True(result.ExitCode == 0, $"{file}: {result}");
        }
    }

    public void Dispose() => folder.Dispose();

    private static string Method(params string[] steps) => Document("""{"max_voltage_V":4.9,"min_voltage_V":1.8}""", steps);

    private static string Document(string safety, params string[] steps) =>
        $$"""{"sample":{"name":"$NAME"},"record":{"time_s":30},"safety":{{safety}},"method":[{{string.Join(',', steps)}}]}""";
}
