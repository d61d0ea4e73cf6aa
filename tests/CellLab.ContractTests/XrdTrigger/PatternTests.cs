using CellLab.Core.Devices;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>The (003) reflection in the pattern files lies where the model has it for the cell in the beam.</summary>
public sealed class PatternTests
{
    private const string Charged = """{ "current_ma": 0.05, "until_v": 4.8 }""";
    private const string Discharged = Charged + """, { "current_ma": -0.05, "until_v": 2.0 }""";

    [Theory]
    [InlineData("waveshare-relay", ".xy", "", 0, 18.388)]
    [InlineData("aeris", ".xrdml", "", 0, 18.388)]
    [InlineData("helper", ".xy", Charged, 0, 18.261)]
    [InlineData("helper", ".xy", Charged, -0.4, 17.861)]
    [InlineData("aeris", ".xrdml", Discharged, 0, 18.411)]
    public async Task The_peak_follows_the_cell_and_the_height_of_the_sample(string wire, string ending, string past, double displacement, double expected)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, past: past, displacement: displacement);
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await trigger.FireAsync(new TriggerRequest("R1-0001"), CancellationToken.None);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");
        await TriggerBench.WaitAsync(trigger, r => r.Ready == true, "the pattern");

        string file = Assert.Single(bench.Patterns);
        (double[] angles, double[] counts) = PatternText.Read(file);

        Assert.EndsWith(ending, file, StringComparison.Ordinal);
        Assert.Equal(expected, PatternText.Centre(angles, counts, backgroundCounts: 150 * 300), 0.005);
    }
}
