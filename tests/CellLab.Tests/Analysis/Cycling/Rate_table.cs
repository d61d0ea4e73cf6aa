using System.Globalization;
using CellLab.Analysis.Cycling;
using CellLab.Tests.CellModel;

namespace CellLab.Tests.Analysis.Cycling;

public sealed class Rate_table
{
    [Theory]
    [InlineData("cycles-lmno-1c.csv", 85.80, 82.88, 0.0410, 0.0417, 78.76)]
    [InlineData("cycles-lmnpo-vo-1c.csv", 98.80, 95.28, 0.0280, 0.0286, 93.27)]
    public void Two_hundred_cycles_of_the_model_fade_as_published(
        string file, double first, double best, double twoPoint, double leastSquares, double energy)
    {
        BlockSummary block = Assert.Single(RateTable.Of(Read(file)));

        Assert.Equal(200, block.Cycles);
        Assert.Equal(first, block.RetentionFirstPercent!.Value, 0.01);
        Assert.Equal(best, block.RetentionBestPercent!.Value, 0.01);
        Assert.Equal(twoPoint, block.VoltageDecayTwoPointPercentPerCycle!.Value, 0.0001);
        Assert.Equal(leastSquares, block.VoltageDecayLeastSquaresPercentPerCycle!.Value, 0.0001);
        Assert.Equal(energy, block.EnergyRetentionPercent!.Value, 0.01);
    }

    [Fact]
    public void Cycles_are_kept_apart_by_block_and_by_rate_and_the_third_is_told()
    {
        CycleView[] cycles =
        [
            Cycle(1, "formation", 0.1, 240),
            Cycle(2, "rates", 0.1, 230), Cycle(3, "rates", 0.1004, 231), Cycle(4, "rates", 0.0996, 232),
            Cycle(5, "rates", 0.2, 210), Cycle(6, "rates", 0.2, 211),
            Cycle(7, "check-up", 0.1, 225),
            Cycle(8, "rates", 0.2, 209),
        ];

        IReadOnlyList<BlockSummary> blocks = RateTable.Of(cycles);

        Assert.Equal(["formation", "rates", "rates", "check-up", "rates"], blocks.Select(block => block.Block));
        Assert.Equal([1, 3, 2, 1, 1], blocks.Select(block => block.Cycles));
        Assert.Equal([null, 232.0, null, null, null], blocks.Select(block => block.ThirdDischargeMahG));
        Assert.Equal(0.1, blocks[1].RateC!.Value, 9);
        Assert.Null(blocks[0].VoltageDecayTwoPointPercentPerCycle);
    }

    [Fact]
    public void A_cycle_that_still_runs_is_left_out()
    {
        BlockSummary block = Assert.Single(RateTable.Of([Cycle(1, "main", 1, 200), Cycle(2, "main", 1, 20) with { Complete = false }]));

        Assert.Equal(1, block.Cycles);
        Assert.Equal(100, block.RetentionFirstPercent);
    }

    private static IEnumerable<CycleView> Read(string file) =>
        File.ReadLines(ReferenceData.Path(file)).Skip(1).Select(line =>
        {
            double[] values = [.. line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
            return Cycle((int)values[0], "life", 1, values[2], values[5], values[4]);
        });

    internal static CycleView Cycle(
        int cycle, string block, double rate, double dischargeMahG, double meanVolts = 3.5, double? dischargeWhKg = null) => new()
    {
        Cycle = cycle,
        Block = block,
        Pass = 1,
        Complete = true,
        RateC = rate,
        DischargeMahG = dischargeMahG,
        MeanDischargeVoltageV = meanVolts,
        CRateBaseMahG = 250,
        ActiveMassMg = 1,
        ChargeAh = dischargeMahG * 1e-6,
        DischargeAh = dischargeMahG * 1e-6,
        ChargeWh = dischargeMahG * meanVolts * 1e-6,
        DischargeWh = (dischargeWhKg ?? (dischargeMahG * meanVolts)) * 1e-6,
        Integrated = new IntegratedView(0, 0, 0, 0),
        Gaps = 0,
        CounterFalls = 0,
        Resumed = false,
        FirstRecord = 1,
        LastRecord = 2,
        StartedUtcSeconds = 0,
        EndedUtcSeconds = 1,
        Method = CyclingState.MethodVersion,
    };
}
