using System.Numerics;
using System.Text.Json.Nodes;

namespace CellLab.Tests.Drivers.Autolab;

/// <summary>Runs of the bridge on a dummy cell: what is measured, what ends them, and that the cell is off afterwards.</summary>
public sealed class BridgeRunTests
{
    [Fact]
    public async Task Ten_kiloohm_at_0_976_volt_give_98_8_microampere()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();

        IReadOnlyList<JsonNode> events = await rig.RunAsync("ca", """{"potential_V":0.976,"duration_s":10,"interval_s":1}""");

        JsonNode[] samples = [.. events.Where(e => (string?)e["ev"] == "sample")];
        Assert.Equal(11, samples.Length);
        Assert.All(samples, s => Assert.Equal(98.8e-6, (double)s["i_A"]!, 1e-8));
        Assert.Equal(0.05, (double)samples[0]["t_s"]!, 6);
        Assert.Equal(10, (double)samples[^1]["t_s"]!, 6);
        Assert.Equal(("done", true, 11), End(events));
    }

    [Fact]
    public async Task Events_are_numbered_without_a_gap()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();
        IReadOnlyList<JsonNode> events = await rig.RunAsync("ocp", """{"duration_s":5,"interval_s":0.1}""");
        Assert.Equal(["started", "step"], events.Take(2).Select(e => (string?)e["ev"]));
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True((long)pair.Second["seq"]! > (long)pair.First["seq"]!));
    }

    [Fact]
    public async Task A_current_ends_at_its_potential_and_a_sequence_loops_back()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync("""series_ohm="1000" parallel_ohm="100000" farad="0.01" """);

        IReadOnlyList<JsonNode> events = await rig.RunAsync("sequence", """
            {"steps":[
              {"technique":"cp","params":{"current_A":1e-5,"until_e_V":0.5,"interval_s":0.5}},
              {"technique":"ocp","params":{"duration_s":60,"interval_s":10}},
              {"technique":"cp","params":{"current_A":-1e-5,"until_e_V":0.1,"interval_s":0.5}},
              {"technique":"loop","params":{"first":1,"passes":3}}]}
            """);

        Assert.Equal(Enumerable.Range(1, 9), events.Where(e => (string?)e["ev"] == "step").Select(e => (int)e["count"]!));
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3], events.Where(e => (string?)e["ev"] == "step").Select(e => (int)e["step"]!));
        Assert.Equal("done", End(events).Reason);
        double atEnd = (double)events[events.ToList().FindIndex(e => (int?)e["count"] == 2) - 1]["e_V"]!;
        Assert.InRange(atEnd, 0.5, 0.502);
    }

    [Theory]
    [InlineData("", 0.5)]
    [InlineData(",\"until_e_direction\":1", 0.5)]
    [InlineData(",\"until_e_direction\":-1", 0.01)] // it is below from the first reading on
    public async Task A_current_ends_at_its_potential_from_the_side_that_was_told(string direction, double atEnd)
    {
        await using BridgeRig rig = await BridgeRig.StartAsync("""series_ohm="1000" parallel_ohm="100000" farad="0.01" """);

        IReadOnlyList<JsonNode> events = await rig.RunAsync("cp", $$"""{"current_A":1e-5,"until_e_V":0.5,"duration_s":3000,"interval_s":0.5{{direction}}}""");

        Assert.InRange((double)events.Last(e => (string?)e["ev"] == "sample")["e_V"]!, atEnd - 0.005, atEnd + 0.005);
    }

    [Theory]
    [InlineData("series_ohm=\"9879\"", """{"eMin_V":-0.1,"eMax_V":0.9,"maxSeconds":1000}""", "limit", "limit")]
    [InlineData("series_ohm=\"9879\"", """{"eMin_V":-5,"eMax_V":5,"iMax_A":5e-5,"maxSeconds":1000}""", "limit", "limit")]
    [InlineData("series_ohm=\"9879\"", """{"eMin_V":-5,"eMax_V":5,"qMax_Ah":1e-6,"maxSeconds":1000}""", "limit", "limit")]
    [InlineData("series_ohm=\"9879\"", """{"eMin_V":-5,"eMax_V":5,"maxSeconds":50}""", "limit", "timeout")]
    [InlineData("series_ohm=\"9879\" open=\"1\"", """{"eMin_V":-50,"eMax_V":50,"maxSeconds":1000}""", "error", "plausibility")]
    [InlineData("series_ohm=\"9879\" stands_still_after_s=\"20\"", """{"eMin_V":-5,"eMax_V":5,"maxSeconds":1000}""", "error", "plausibility")]
    [InlineData("series_ohm=\"9e9\"", """{"eMin_V":-5,"eMax_V":5,"maxSeconds":1000}""", "error", "plausibility")]
    public async Task What_must_not_go_on_ends_with_the_cell_off(string cell, string limits, string reason, string code)
    {
        await using BridgeRig rig = await BridgeRig.StartAsync(cell);
        string technique = cell.Contains("9e9", StringComparison.Ordinal) ? "ca" : "cp";

        IReadOnlyList<JsonNode> events = await rig.RunAsync(technique, """{"current_A":1e-4,"potential_V":1,"duration_s":1000,"interval_s":1}""", limits);

        Assert.Equal((reason, code), (End(events).Reason, (string?)events[^1]["code"]));
        Assert.True(End(events).CellOff);
        Assert.False((bool)(await rig.AskAsync("status"))["cell"]!);
    }

    [Fact]
    public async Task A_cell_that_stays_on_is_not_said_to_be_off()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync("""series_ohm="9879" stays_on="1" """);
        IReadOnlyList<JsonNode> events = await rig.RunAsync("cp", """{"current_A":1e-5,"duration_s":3}""");
        Assert.Equal(("error", false), (End(events).Reason, End(events).CellOff));
    }

    [Theory]
    [InlineData("peis", 0.01)]
    [InlineData("geis", 1e-5)]
    public async Task A_spectrum_is_that_of_the_circuit(string technique, double amplitude)
    {
        await using BridgeRig rig = await BridgeRig.StartAsync("""rest_volts="1.5" series_ohm="100" parallel_ohm="1000" farad="1e-5" """);

        IReadOnlyList<JsonNode> events = await rig.RunAsync(technique, $$"""{"amplitude":{{amplitude.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}},"first_Hz":1e5,"last_Hz":0.01,"points":22}""");

        Assert.Equal(1.5, (double)events.Single(e => (string?)e["ev"] == "step")["e_oc_V"]!, 1e-5);
        JsonNode[] points = [.. events.Where(e => (string?)e["ev"] == "eis")];
        Assert.Equal(22, points.Length);
        Assert.All(points, point =>
        {
            double hertz = (double)point["f_Hz"]!;
            Complex expected = 100 + (1000 / (1 + (Complex.ImaginaryOne * 2 * Math.PI * hertz * 0.01)));
            Assert.Equal(expected.Real, (double)point["zre_ohm"]!, 1e-6 * expected.Magnitude);
            Assert.Equal(expected.Imaginary, (double)point["zim_ohm"]!, 1e-6 * expected.Magnitude);
        });
        Assert.Equal(("done", true, 22), End(events));
    }

    [Fact]
    public async Task A_scan_goes_from_start_to_end()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();
        IReadOnlyList<JsonNode> events = await rig.RunAsync("lsv", """{"start_V":0.5,"end_V":1.0,"rate_V_s":0.01,"interval_s":0.5}""");
        JsonNode[] samples = [.. events.Where(e => (string?)e["ev"] == "sample")];
        Assert.Equal(0.5, (double)samples[0]["e_V"]!, 1e-3);
        Assert.InRange((double)samples[^1]["e_V"]!, 0.994, 1.001);
        Assert.All(samples, s => Assert.Equal((double)s["e_V"]! / 9879, (double)s["i_A"]!, 1e-9));
    }

    private static (string Reason, bool CellOff, int Points) End(IReadOnlyList<JsonNode> events) =>
        ((string)events[^1]["reason"]!, (bool)events[^1]["cell_off"]!, (int)events[^1]["points"]!);
}
