using CellLab.Analysis.Cycling;

namespace CellLab.Tests.Analysis.Cycling;

public sealed class Fade_table
{
    [Fact]
    public void Check_ups_in_between_stay_out_and_do_not_cut_the_life_in_pieces()
    {
        FadeTable table = FadeTable.Of([.. Enumerable.Range(1, 60).SelectMany(CyclesOf)]);

        Assert.Equal(["life", "check-up"], table.Blocks.Select(block => block.Block));
        FadeSummary life = table.Blocks[0];
        Assert.Equal(60, life.Cycles);
        Assert.Equal(100 * (200 - 59) / 200.0, life.RetentionFirstPercent!.Value, 9);
        Assert.Equal(0.1, life.VoltageDecayMvPerCycle!.Value * 60 / 59, 6);
        Assert.Equal(0, life.VoltageDecayLeastSquaresSigma!.Value, 9);
    }

    [Fact]
    public void A_straight_fade_is_forecast_to_the_cycle()
    {
        FadeForecast forecast = FadeForecast.Of([.. Enumerable.Range(0, 30).Select(cycle => 1 - (0.002 * cycle))])!;

        Assert.Equal(101, forecast.AtCycle, 6); // 1 - 0.002 * 100 = 0.8 in the 101st cycle
        Assert.Equal((101, 101), (Math.Round(forecast.LowCycle, 6), Math.Round(forecast.HighCycle, 6)));
        Assert.Equal((16, 30), (forecast.FromCycle, forecast.ToCycle));
    }

    [Fact]
    public void The_interval_holds_the_truth_about_as_often_as_it_says()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        int within = 0;
        for (int test = 0; test < 300; test++)
        {
            double[] noisy = [.. Enumerable.Range(0, 80).Select(cycle => 1 - (0.001 * cycle) + (cycle == 0 ? 0 : 0.002 * Normal(random)))];
            FadeForecast forecast = FadeForecast.Of(noisy)!;
            within += forecast.LowCycle <= 201 && 201 <= forecast.HighCycle ? 1 : 0;
        }

        Assert.True(within is >= 255 and <= 300, $"{within} of 300 intervals hold the truth, seed {seed}");
    }

    [Fact]
    public void Noise_alone_gives_no_forecast()
    {
        double[] flat = [.. Enumerable.Range(0, 40).Select(cycle => 1 + (0.001 * (cycle % 2)))];

        Assert.Null(FadeForecast.Of(flat));
        Assert.Null(FadeForecast.Of(flat[..12]));
    }

    [Fact]
    public void What_the_first_cycle_did_not_give_back_is_told()
    {
        FadeTable table = FadeTable.Of([Rate_table.Cycle(1, "formation", 0.1, 246.1) with { ChargeAh = 644.2e-6, DischargeAh = 492.2e-6 }]);

        Assert.Equal(0.152, table.FirstCycleIrreversibleMah!.Value, 9);
        Assert.Equal(100 * 0.152 / 0.6442, table.FirstCycleIrreversiblePercent!.Value, 9);
    }

    private static IEnumerable<CycleView> CyclesOf(int pass)
    {
        yield return Rate_table.Cycle(2 * pass, "life", 1, 201 - pass) with { MeanDischargeVoltageV = 3.5 - (1e-4 * pass) };
        if (pass % 20 == 0)
        {
            yield return Rate_table.Cycle((2 * pass) + 1, "check-up", 0.1, 250);
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
