using System.Text.Json;

namespace CellLab.Service.Offline.Report.Figures;

/// <summary>Impedance and GITT.</summary>
internal static class DiffusionFigures
{
    public static Figure Nyquist(IReadOnlyList<ReportedJob> jobs, Palette palette)
    {
        var series = new List<Series>();
        foreach (ReportedJob job in jobs)
        {
            for (int index = 0; index < job.Impedance.Count; index++)
            {
                JsonElement spectrum = job.Impedance[index];
                string name = $"{job.Sample} {spectrum.Text("label") ?? $"spectrum {index + 1}"}";
                double strength = palette.StrengthOf(job) * (job.Impedance.Count == 1 ? 1 : 0.4 + (0.6 * index / (job.Impedance.Count - 1)));
                series.Add(new Series(name, palette.Of(job.Material), Points(spectrum.At("eis", "spectrum"), "re_ohm", "im_ohm"), SeriesStyle.Rings) { Strength = strength });
                series.Add(new Series(null, palette.Of(job.Material), CircuitCurve.Of(spectrum), SeriesStyle.Line) { Strength = strength });
                series.Add(new Series(null, palette.Of(job.Material), Points(spectrum.Items("eis", "lin_kk").Select(test => (JsonElement?)test).FirstOrDefault(), "fit_re_ohm", "fit_im_ohm"), SeriesStyle.Dashes) { Strength = strength * 0.6 });
            }
        }

        return new Figure("nyquist", "Impedance", "Z' / ohm", [new FigurePanel("-Z'' / ohm", series) { FromZero = true }], "Rings: measured; line: the circuit fit (its parameters with standard errors stand in the table of results by cell); dashes: the Kramers-Kronig test (lin-KK). Later spectra of a job are stronger; jobs of one material share a colour, further ones are fainter.")
        {
            EqualScales = true,
        };
    }

    public static Figure Gitt(IReadOnlyList<ReportedJob> jobs, Palette palette) => new(
        "gitt", "Diffusion by GITT", "voltage after rest / V",
        [
            new FigurePanel("D / cm2/s", [.. jobs.Where(job => job.Gitt.Count > 0).SelectMany(job => (Series[])
            [
                new Series(job.Label, palette.Of(job.Material), D(job, "d_cm2_s"), SeriesStyle.Dots) { Strength = palette.StrengthOf(job) },
                new Series($"{job.Sample}, whole pulse", palette.Of(job.Material), D(job, "d_whole_pulse_cm2_s"), SeriesStyle.Rings) { Strength = palette.StrengthOf(job) },
            ])]) { Logarithmic = true },
        ],
        "Dots: window 3 to 20 s of every pulse; rings: the window from a fifth of the pulse to its end. Where they differ by more than 30 % the pulse is too long and the early window counts. D goes with 1/area squared: the area is in the table.");

    private static (double, double)[] Points(JsonElement? part, string real, string imaginary) =>
        part is { } values ? [.. values.Column(real).Zip(values.Column(imaginary), (re, im) => (re, -im))] : [];

    private static (double, double)[] D(ReportedJob job, string member) =>
        [.. job.Gitt.Where(pulse => pulse.Number(member) is > 0 && pulse.Number("rest_after_v") is not null).Select(pulse => (pulse.Number("rest_after_v")!.Value, pulse.Number(member)!.Value))];
}
