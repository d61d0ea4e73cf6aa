using System.Globalization;
using CellLab.Analysis.Cycling;

namespace CellLab.Service.Watching;

/// <summary>Rules about the cycles of a job; pure.</summary>
internal static class CycleRules
{
    /// <summary>Rates within 5 % are the same.</summary>
    private const double SameRate = 0.05;

    /// <summary>Null: nothing is wrong; else the sentence of the alarm.</summary>
    /// <param name="isBroken">It was at the last look: the dead band counts then.</param>
    public static string? CoulombicEfficiency(CycleRule rule, IReadOnlyList<CycleView> cycles, bool isBroken) =>
        Last(rule, cycles, isBroken, cycle => cycle.CoulombicEfficiencyPercent) is var (cycle, value)
            ? string.Create(CultureInfo.InvariantCulture, $"coulombic efficiency {value:F2} % in cycle {cycle}, below {rule.BelowPercent} %")
            : null;

    public static string? Retention(CycleRule rule, IReadOnlyList<CycleView> cycles, bool isBroken) =>
        Last(rule, cycles, isBroken, cycle => RetentionOf(cycle, cycles)) is var (cycle, value)
            ? string.Create(CultureInfo.InvariantCulture, $"{value:F1} % of the best discharge capacity at this rate left in cycle {cycle}, below {rule.BelowPercent} %")
            : null;

    private static double? RetentionOf(CycleView cycle, IReadOnlyList<CycleView> cycles)
    {
        double best = cycles.Where(other => other.Complete && IsSameRate(other.RateC, cycle.RateC)).Max(other => other.DischargeMahG) ?? 0;
        return best > 0 ? cycle.DischargeMahG / best * 100 : null;
    }

    private static bool IsSameRate(double? left, double? right) => left is { } a && right is { } b && Math.Abs(a - b) <= SameRate * Math.Max(a, b);

    private static (int Cycle, double Value)? Last(CycleRule rule, IReadOnlyList<CycleView> cycles, bool isBroken, Func<CycleView, double?> value)
    {
        double limit = isBroken ? rule.BelowPercent + rule.DeadBandPercent : rule.BelowPercent;
        CycleView[] last = [.. cycles.Where(cycle => cycle.Complete && cycle.Cycle >= rule.FromCycle).TakeLast(isBroken ? 1 : rule.Cycles)];
        return last.Length == (isBroken ? 1 : rule.Cycles) && last.All(cycle => value(cycle) < limit) ? (last[^1].Cycle, value(last[^1])!.Value) : null;
    }
}
