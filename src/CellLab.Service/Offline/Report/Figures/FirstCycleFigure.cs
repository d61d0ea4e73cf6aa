namespace CellLab.Service.Offline.Report.Figures;

/// <summary>The first cycle with the gas that it sets free below it, on one axis of capacity.</summary>
internal static class FirstCycleFigure
{
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
            "Full line: charge, dashes: discharge, each from 0. Gas over the charge, taken back by the delay of the gas path, per mg of active material; DEMS and XRD were measured on cells of their own (holders are in the table of jobs).");
    }

    private static IEnumerable<Series> Voltage(ReportedJob job, Palette palette)
    {
        if (job.FirstCycle is not { } trace)
        {
            yield break;
        }

        yield return new Series(job.Label, palette.Of(job.Material), trace.Charge, SeriesStyle.Line);
        yield return new Series(null, palette.Of(job.Material), trace.Discharge, SeriesStyle.Dashes);
    }

    private static Series? Flux(ReportedJob job, string gas, Palette palette)
    {
        if (job.Gas.Count == 0 || job.Gas[^1].At("gases", gas, "curve") is not { } curve)
        {
            return null;
        }

        double[] capacity = curve.Column("q_mah_g");
        double[] flux = curve.Column("flux_pmol_s_mg");
        return new Series(job.Label, palette.Of(job.Material), [.. capacity.Zip(flux)], SeriesStyle.Line);
    }
}
