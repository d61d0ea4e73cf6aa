using System.Globalization;
using System.Text.Json;
using CellLab.Cli.Demo;
using CellLab.HardwareSim.Expected;

namespace CellLab.Tests.Cli.Demo;

public sealed class DemoResultsTests
{
    private static readonly ExpectedCell Cell = new("LMNO", 300, 240, [new ExpectedRateCapacity(0.1, 230), new ExpectedRateCapacity(5, 75)]);

    [Fact]
    public void A_measurement_like_the_model_passes_everywhere()
    {
        IReadOnlyList<Comparison> rows = DemoResults.Compare(Cell, Cycles(300, 240, 230, 75), allRates: true);
        Assert.Equal(5, rows.Count);
        Assert.All(rows, row => Assert.True(row.IsWithin, row.Quantity));
    }

    [Theory]
    [InlineData(303.1, 240, 230, 75)]
    [InlineData(300, 237.5, 230, 75)]
    [InlineData(300, 240, 233.6, 75)]
    [InlineData(300, 240, 230, 73.8)]
    public void A_value_outside_its_tolerance_fails(double firstCharge, double firstDischarge, double third, double fast) =>
        Assert.Contains(DemoResults.Compare(Cell, Cycles(firstCharge, firstDischarge, third, fast), allRates: true), row => !row.IsWithin);

    [Fact]
    public void A_rate_that_was_not_run_fails_the_rate_map_and_is_left_out_of_other_protocols()
    {
        JsonElement onlyFirst = Cycles(300, 240, 230, 75, count: 1);
        Assert.Contains(DemoResults.Compare(Cell, onlyFirst, allRates: true), row => !row.IsWithin);
        Assert.Equal(3, DemoResults.Compare(Cell, onlyFirst, allRates: false).Count(row => row.IsWithin));
    }

    [Fact]
    public void No_cycle_at_all_is_never_a_pass() =>
        Assert.All(DemoResults.Compare(Cell, Cycles(0, 0, 0, 0, count: 0), allRates: true), row => Assert.False(row.IsWithin));

    /// <summary>One formation cycle, then three at 0.1C and three at 5C; only the third counts.</summary>
    private static JsonElement Cycles(double firstCharge, double firstDischarge, double third, double fast, int count = 7)
    {
        string[] all =
        [
            Cycle(1, 1, 0.1, firstCharge, firstDischarge),
            Cycle(2, 1, 0.1, 1, 1), Cycle(3, 2, 0.1, 1, 1), Cycle(4, 3, 0.1, 1, third),
            Cycle(5, 1, 5, 1, 1), Cycle(6, 2, 5, 1, 1), Cycle(7, 3, 5, 1, fast),
        ];
        return JsonDocument.Parse($$"""{"cycles":[{{string.Join(',', all.Take(count))}}]}""").RootElement;
    }

    private static string Cycle(int cycle, int pass, double rate, double charge, double discharge) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"cycle":{{cycle}},"pass":{{pass}},"rate_c":{{rate}},"charge_mah_g":{{charge}},"discharge_mah_g":{{discharge}},"coulombic_efficiency_percent":{{100 * discharge / charge}}}""");
}
