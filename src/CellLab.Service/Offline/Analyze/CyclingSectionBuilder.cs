using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Core.Records;
using CellLab.Core.Samples;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Steps of a file to the section <c>cycling</c>.</summary>
internal static class CyclingSectionBuilder
{
    private const double QualifyingShare = 1e-3;
    private const double RestShareOfCurrent = 1e-3;

    public static CyclingSection Build(IReadOnlyList<CollectedStep> steps, CyclingInput cycling, DqDvInput dqdv)
    {
        StepResult[] results = [.. steps.Select(step => step.Result)];
        double nominal = cycling.NominalAh ?? CycleGroups.LargestStepAh(results);
        int[] counts = CycleGroups.Count(results, nominal, cycling.Leading);
        double qualifying = QualifyingShare * nominal;
        double largest = steps.Select(step => step.LargestAmperes).DefaultIfEmpty(0).Max();
        return new CyclingSection(
            $"{CyclingState.MethodVersion}, {DqDvCurve.MethodVersion}",
            nominal,
            cycling.NominalAh is null ? "largest step of the file" : "settings",
            cycling.Leading == LeadingDirection.Charge ? "charge" : "discharge",
            [.. steps.Select((step, index) => Entry(step, counts[index], largest))],
            Cycles(results, [.. counts.Select(count => (int?)count)], qualifying, cycling.Leading),
            Cycles(results, [.. results.Select(result => result.InstrumentCycle)], qualifying, cycling.Leading),
            DqDvEntries(steps, counts, dqdv));
    }

    private static StepEntry Entry(CollectedStep step, int cycle, double largestAmperes)
    {
        StepResult result = step.Result;
        return new StepEntry(
            result.StepCount, cycle, KindOf(step, largestAmperes), step.Rows, step.StartSeconds, step.EndSeconds, result.StartVolts, result.EndVolts,
            result.Sums.ChargeAh, result.Sums.DischargeAh, result.Sums.ChargeWh, result.Sums.DischargeWh, result.Integrated.ThroughputAh,
            result.EstimatedAh, result.FirstRecord, result.Counted);
    }

    /// <summary>The step's own name says rest; else its current does: what is small against the largest of the file is rest, the net charge gives the direction.</summary>
    private static string KindOf(CollectedStep step, double largestAmperes)
    {
        double net = step.Result.Sums.ChargeAh - step.Result.Sums.DischargeAh;
        bool resting = step.Result.Kind is StepKind.Rest or StepKind.Pause or StepKind.End || step.LargestAmperes <= RestShareOfCurrent * largestAmperes;
        return resting || net == 0 ? "rest" : net > 0 ? "charge" : "discharge";
    }

    private static CycleEntry[] Cycles(StepResult[] steps, int?[] cycles, double qualifyingAh, LeadingDirection leading) =>
    [
        .. CycleGroups.Sum(steps, cycles, qualifyingAh).Select(group => new CycleEntry(
            group.Cycle, group.Complete, group.Sums.ChargeAh, group.Sums.DischargeAh, group.Sums.ChargeWh, group.Sums.DischargeWh,
            group.CoulombicEfficiencyPercent(leading), group.EnergyEfficiencyPercent, group.MeanChargeVolts, group.MeanDischargeVolts, group.HysteresisVolts,
            new IntegratedEntry(group.Integrated.ChargeAh, group.Integrated.DischargeAh, group.Integrated.ChargeWh, group.Integrated.DischargeWh))),
    ];

    private static List<DqDvEntry> DqDvEntries(IReadOnlyList<CollectedStep> steps, int[] counts, DqDvInput input)
    {
        var entries = new List<DqDvEntry>();
        foreach (IGrouping<int, CollectedStep> cycle in steps.Select((step, index) => (Step: step, Cycle: counts[index])).GroupBy(pair => pair.Cycle, pair => pair.Step))
        {
            if (input.Cycles is { } wanted && !wanted.Contains(cycle.Key))
            {
                continue;
            }

            AddEntry(entries, cycle.Key, "charge", cycle.Select(step => step.Charge), input);
            AddEntry(entries, cycle.Key, "discharge", cycle.Select(step => step.Discharge), input);
        }

        return entries;
    }

    private static void AddEntry(List<DqDvEntry> entries, int cycle, string direction, IEnumerable<ChargeHistogram> parts, DqDvInput input)
    {
        var sum = new ChargeHistogram(input.BinVolts);
        foreach (ChargeHistogram part in parts)
        {
            sum.Add(part);
        }

        if (sum.TotalAh <= 0)
        {
            return;
        }

        DqDvCurve curve = DqDvCurve.Of(sum, input.SigmaVolts);
        entries.Add(new DqDvEntry(
            cycle, direction, [.. DqDvPeak.Find(curve).Select(peak => new DqDvPeakEntry(peak.Volts, peak.AhPerVolt * 1e3, peak.AreaAh * 1e3))],
            sum.TotalAh * 1e3, input.BinVolts, input.SigmaVolts, DqDvCurve.MethodVersion));
    }
}
