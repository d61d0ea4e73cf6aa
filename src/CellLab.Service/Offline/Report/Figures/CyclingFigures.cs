using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;

namespace CellLab.Service.Offline.Report.Figures;

/// <summary>Figures of cycles: life, rates and dQ/dV.</summary>
internal static class CyclingFigures
{
    private const int MostCurves = 6;
    private const double RatePasses = 2;

    public static Figure Life(IReadOnlyList<ReportedJob> jobs, Palette palette) => new(
        "life", "Capacity and mean voltage against cycle", "cycle",
        [
            new FigurePanel("discharge / mAh/g", [.. jobs.Select(job => Points(job, palette, cycle => cycle.DischargeMahG))]) { FromZero = true },
            new FigurePanel("coulombic efficiency / %", [.. jobs.Select(job => Points(job, palette, cycle => cycle.CoulombicEfficiencyPercent))]),
            new FigurePanel("mean discharge voltage / V", [.. jobs.Select(job => Points(job, palette, cycle => cycle.MeanDischargeVoltageV))]),
        ],
        "Complete cycles only; check-ups are shown where they were run. Capacities per gram of active material by the instrument's counters, mean voltages charge-weighted, coulombic efficiency not clipped. Jobs of one material share a colour, further ones are fainter.");

    /// <summary>Last complete cycle of each rate, where a job ran several; replicates as mean and standard deviation.</summary>
    public static Figure Rates(IReadOnlyList<ReportedJob> jobs, Palette palette)
    {
        var series = new List<Series>();
        foreach (IGrouping<string, ReportedJob> material in jobs.GroupBy(job => job.Material))
        {
            (double Rate, double[] Values)[] rates = [.. material.SelectMany(RatesOf).GroupBy(pair => Math.Round(pair.Rate, 2)).OrderBy(rate => rate.Key)
                .Select(rate => (rate.Key, rate.Select(pair => pair.Discharge).ToArray()))];
            if (rates.Length < RatePasses)
            {
                continue;
            }

            (double X, double Y)[] means = [.. rates.Select(rate => (rate.Rate, rate.Values.Average()))];
            series.Add(new Series($"{material.Key} (n = {rates.Max(rate => rate.Values.Length)})", palette.Of(material.Key), means, SeriesStyle.Dots)
            {
                Errors = [.. rates.Select(rate => Replicates.Of(rate.Values).StandardDeviation ?? 0)],
            });
            series.Add(new Series(null, palette.Of(material.Key), means, SeriesStyle.Line));
        }

        return new Figure(
            "rates", "Rate map", "applied rate / C", [new FigurePanel("discharge / mAh/g", series) { FromZero = true }],
            "Discharge in the last complete cycle at each rate of blocks of at most ten cycles, in the order in which the cell ran them; error bars: standard deviation between cells.");
    }

    public static Figure DqDv(IReadOnlyList<ReportedJob> jobs, Palette palette)
    {
        var panels = new List<FigurePanel>();
        foreach (ReportedJob job in jobs.Where(job => job.Curves.Count > 0))
        {
            CycleCurve[] chosen = Spread([.. job.Curves.Where(curve => curve.Complete)]);
            var series = new List<Series>();
            for (int index = 0; index < chosen.Length; index++)
            {
                double strength = 0.25 + (0.75 * (index + 1) / chosen.Length);
                series.Add(Curve($"{job.Sample} charge", job, chosen[index].Charge, 1, palette, strength, index == chosen.Length - 1));
                series.Add(Curve($"{job.Sample} discharge", job, chosen[index].Discharge, -1, palette, strength, false));
            }

            panels.Add(new FigurePanel($"{job.Sample}: dQ/dV / mAh/g/V", series) { ScaledBy = chosen.Length > 1 ? series[2..] : null });
        }

        return new Figure(
            "dqdv", "dQ/dV over cycles", "voltage / V", panels,
            "Charge upward, discharge downward; faint: early cycles, full: late ones. Charge in bins of 5 mV, smoothed with a Gaussian of 10 mV: the area is the charge. Where several cycles are drawn, all but the earliest set the scale: a plateau of the first charge that is higher runs along the frame.");
    }

    private static Series Curve(string label, ReportedJob job, HalfCurve? half, double sign, Palette palette, double strength, bool named) => new(
        named ? label : null, palette.Of(job.Material),
        half is null ? [] : [.. half.Curve.MahPerV.Select((value, index) => (half.Curve.FirstV + (index * half.Curve.StepV), sign * value * 1000 / job.ActiveMassMg))], SeriesStyle.Line)
    {
        Strength = strength,
    };

    private static CycleCurve[] Spread(CycleCurve[] curves) => curves.Length <= MostCurves
        ? curves
        : [.. Enumerable.Range(0, MostCurves).Select(index => curves[index * (curves.Length - 1) / (MostCurves - 1)])];

    private static Series Points(ReportedJob job, Palette palette, Func<CycleView, double?> value) => new(
        job.Label, palette.Of(job.Material),
        [.. job.Cycles.Where(cycle => cycle.Complete && value(cycle) is not null).Select(cycle => ((double)cycle.Cycle, value(cycle)!.Value))], SeriesStyle.Dots)
    {
        Strength = palette.StrengthOf(job),
    };

    private static IEnumerable<(double Rate, double Discharge)> RatesOf(ReportedJob job) => RateTable.Of(job.Cycles)
        .Where(block => block is { RateC: not null, LastDischargeMahG: not null, Cycles: <= 10 and > 1 })
        .Select(block => (block.RateC!.Value, block.LastDischargeMahG!.Value));
}
