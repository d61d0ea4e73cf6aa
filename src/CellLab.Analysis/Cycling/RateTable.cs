namespace CellLab.Analysis.Cycling;

/// <summary>Sorts complete cycles into runs of one block at one rate, in order of time. A block name that comes back later gives a run of its
/// own, so that check-ups in between neither join nor disturb.</summary>
public static class RateTable
{
    /// <summary>Applied rates differ by noise and by the instrument's gain; programmed ones by far more than this.</summary>
    private const double SameRate = 0.1;

    private const int Third = 3;

    public static IReadOnlyList<BlockSummary> Of(IEnumerable<CycleView> cycles)
    {
        var runs = new List<List<CycleView>>();
        foreach (CycleView cycle in cycles.Where(cycle => cycle.Complete))
        {
            if (runs.Count == 0 || !BelongTogether(runs[^1][0], cycle))
            {
                runs.Add([]);
            }

            runs[^1].Add(cycle);
        }

        return [.. runs.Select(Summarise)];
    }

    private static bool BelongTogether(CycleView first, CycleView cycle) => first.Block == cycle.Block && (first.RateC, cycle.RateC) switch
    {
        (null, null) => true,
        ({ } one, { } other) => Math.Abs(other - one) <= SameRate * one,
        _ => false,
    };

    private static BlockSummary Summarise(List<CycleView> run)
    {
        CycleView first = run[0];
        CycleView last = run[^1];
        CycleView? third = run.Count >= Third ? run[Third - 1] : null;
        return new BlockSummary
        {
            Block = first.Block,
            RateC = run.Average(cycle => cycle.RateC),
            Cycles = run.Count,
            FirstCycle = first.Cycle,
            LastCycle = last.Cycle,
            ThirdChargeMahG = third?.ChargeMahG,
            ThirdDischargeMahG = third?.DischargeMahG,
            ThirdCoulombicEfficiencyPercent = third?.CoulombicEfficiencyPercent,
            FirstDischargeMahG = first.DischargeMahG,
            LastDischargeMahG = last.DischargeMahG,
            RetentionFirstPercent = Percent(last.DischargeAh, first.DischargeAh),
            RetentionBestPercent = Percent(last.DischargeAh, run.Max(cycle => cycle.DischargeAh)),
            FirstMeanDischargeVoltageV = first.MeanDischargeVoltageV,
            VoltageDecayTwoPointPercentPerCycle = VoltageDecay.TwoPoint(run),
            VoltageDecayLeastSquaresPercentPerCycle = VoltageDecay.LeastSquares(run),
            EnergyRetentionPercent = Percent(last.DischargeWh, first.DischargeWh),
        };
    }

    private static double? Percent(double numerator, double denominator) => denominator > 0 ? 100 * numerator / denominator : null;
}
