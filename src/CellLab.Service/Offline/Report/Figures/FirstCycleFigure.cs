namespace CellLab.Service.Offline.Report.Figures;

/// <summary>The first cycle with the gas that it sets free below it, on one axis of capacity.</summary>
internal static class FirstCycleFigure
{
    private const double StepsOfAGap = 3;

    private static readonly string[] s_gases = ["O2", "CO2"];

    public static Figure Of(IReadOnlyList<ReportedJob> jobs, Palette palette)
    {
        var panels = new List<FigurePanel>
        {
            new("voltage / V", [.. jobs.SelectMany(job => Voltage(job, palette))]),
        };
        foreach (string gas in s_gases)
        {
            Series[] flux = [.. jobs.Select(job => Flux(job, gas, palette)).OfType<Series>()];
            if (flux.Length > 0)
            {
                panels.Add(new FigurePanel($"{gas} / pmol/s/mg", flux));
            }
        }

        return new Figure(
            "first-cycle", "First cycle", "specific capacity / mAh/g", panels,
            "Full line: charge, dashes: discharge, each from 0. Jobs of one material share a colour, further ones are fainter. Gas over the charge (a gap in the line: no signal), taken back by the delay of the gas path, per mg of active material; DEMS and XRD were measured on cells of their own (holders are in the table of jobs).");
    }

    private static IEnumerable<Series> Voltage(ReportedJob job, Palette palette)
    {
        if (job.FirstCycle is not { } trace)
        {
            yield break;
        }

        yield return new Series(job.Label, palette.Of(job.Material), trace.Charge, SeriesStyle.Line) { Strength = palette.StrengthOf(job) };
        yield return new Series(null, palette.Of(job.Material), trace.Discharge, SeriesStyle.Dashes) { Strength = palette.StrengthOf(job) };
    }

    private static Series? Flux(ReportedJob job, string gas, Palette palette)
    {
        if (job.Gas.Count == 0 || job.Gas[^1].At("gases", gas, "curve") is not { } curve)
        {
            return null;
        }

        double[] capacity = curve.Column("q_mah_g");
        double[] flux = curve.Column("flux_pmol_s_mg");
        return new Series(job.Label, palette.Of(job.Material), [.. Broken([.. capacity.Zip(flux)])], SeriesStyle.Line) { Strength = palette.StrengthOf(job) };
    }

    /// <summary>No line over a gap in the signal: a stretch more than three times as long as usual.</summary>
    private static IEnumerable<(double X, double Y)> Broken((double X, double Y)[] points)
    {
        double[] steps = [.. points.Skip(1).Zip(points, (after, before) => after.X - before.X).Order()];
        double longest = steps.Length == 0 ? double.PositiveInfinity : StepsOfAGap * steps[steps.Length / 2];
        for (int index = 0; index < points.Length; index++)
        {
            if (index > 0 && points[index].X - points[index - 1].X > longest)
            {
                yield return (points[index].X, double.NaN);
            }

            yield return points[index];
        }
    }
}
