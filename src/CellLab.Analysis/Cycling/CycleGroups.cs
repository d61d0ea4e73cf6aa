using CellLab.Core.Cycles;
using CellLab.Core.Samples;

namespace CellLab.Analysis.Cycling;

/// <summary>Steps put together to cycles: sums in Ah and Wh, both directions positive.</summary>
/// <param name="Complete">Both halves are there.</param>
public sealed record CycleGroup(int Cycle, bool Complete, HalfSums Sums, HalfSums Integrated)
{
    /// <summary>100 Qd/Qc when charge leads, 100 Qc/Qd when discharge leads; never clipped; null without both halves.</summary>
    public double? CoulombicEfficiencyPercent(LeadingDirection leading) => leading == LeadingDirection.Charge
        ? Percent(Sums.DischargeAh, Sums.ChargeAh)
        : Percent(Sums.ChargeAh, Sums.DischargeAh);

    public double? EnergyEfficiencyPercent => Percent(Sums.DischargeWh, Sums.ChargeWh);

    /// <summary>Charge-weighted.</summary>
    public double? MeanChargeVolts => Ratio(Sums.ChargeWh, Sums.ChargeAh);

    public double? MeanDischargeVolts => Ratio(Sums.DischargeWh, Sums.DischargeAh);

    public double? HysteresisVolts => Complete ? MeanChargeVolts - MeanDischargeVolts : null;

    private double? Percent(double numerator, double denominator) => Complete ? 100 * Ratio(numerator, denominator) : null;

    private static double? Ratio(double numerator, double denominator) => denominator > 0 ? numerator / denominator : null;
}

/// <summary>Counts the cycles of finished steps: electrochemically (data formats, section 7), or as the instrument numbered them.</summary>
public static class CycleGroups
{
    /// <summary>The electrochemical cycle of each step, in the steps' order.</summary>
    /// <param name="nominalAh">A step qualifies from 0.1 % of it.</param>
    public static int[] Count(IReadOnlyList<StepResult> steps, double nominalAh, LeadingDirection leading)
    {
        var counter = new CycleCounter(nominalAh, leading);
        return [.. steps.Select(step => counter.CountOfStep(step.Sums.ChargeAh - step.Sums.DischargeAh))];
    }

    /// <summary>What stands in for a nominal capacity that nobody told: the largest net charge of a step.</summary>
    public static double LargestStepAh(IReadOnlyList<StepResult> steps) =>
        steps.Select(step => Math.Abs(step.Sums.ChargeAh - step.Sums.DischargeAh)).DefaultIfEmpty(0).Max();

    /// <summary>Sums over the steps of each cycle, in order of first appearance. A half is there when it moved at least <paramref name="qualifyingAh"/>;
    /// a cycle with neither half is left out.</summary>
    public static IReadOnlyList<CycleGroup> Sum(IReadOnlyList<StepResult> steps, IReadOnlyList<int?> cycles, double qualifyingAh)
    {
        var order = new List<int>();
        var sums = new Dictionary<int, (HalfSums Sums, HalfSums Integrated)>();
        for (int index = 0; index < steps.Count; index++)
        {
            if (cycles[index] is not { } cycle)
            {
                continue;
            }

            if (!sums.TryGetValue(cycle, out (HalfSums Sums, HalfSums Integrated) before))
            {
                order.Add(cycle);
            }

            sums[cycle] = (before.Sums + steps[index].Sums, before.Integrated + steps[index].Integrated);
        }

        return [.. order.Select(cycle => Group(cycle, sums[cycle].Sums, sums[cycle].Integrated, qualifyingAh)).OfType<CycleGroup>()];
    }

    private static CycleGroup? Group(int cycle, HalfSums sums, HalfSums integrated, double qualifyingAh)
    {
        bool charged = sums.ChargeAh > 0 && sums.ChargeAh >= qualifyingAh;
        bool discharged = sums.DischargeAh > 0 && sums.DischargeAh >= qualifyingAh;
        return charged || discharged ? new CycleGroup(cycle, charged && discharged, sums, integrated) : null;
    }
}
