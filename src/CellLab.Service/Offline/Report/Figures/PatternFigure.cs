using System.Text.Json;

namespace CellLab.Service.Offline.Report.Figures;

/// <summary>Position of the (003) reflection against the state of the cell.</summary>
internal static class PatternFigure
{
    public static Figure Of(IReadOnlyList<ReportedJob> jobs, Palette palette) => new(
        "xrd-003", "(003) reflection", "mean voltage during the exposure / V",
        [new FigurePanel("(003) / degrees 2theta", [.. jobs.Where(job => job.Patterns.Count > 0).SelectMany(job => Series(job, palette))])],
        "Position from a fit of the peak, less the displacement offset that the table states; dots: charge, rings: discharge; error bars: standard error of the fit.");

    private static IEnumerable<Series> Series(ReportedJob job, Palette palette)
    {
        foreach ((string direction, SeriesStyle style) in ((string, SeriesStyle)[])[("charge", SeriesStyle.Dots), ("discharge", SeriesStyle.Rings)])
        {
            JsonElement[] patterns = [.. job.Patterns.Where(pattern => pattern.Text("direction") == direction && pattern.Number("two_theta_003_deg") is not null && pattern.Number("mean_v") is not null)];
            yield return new Series($"{job.Sample} {direction}", palette.Of(job.Material), [.. patterns.Select(pattern => (pattern.Number("mean_v")!.Value, pattern.Number("two_theta_003_deg")!.Value))], style)
            {
                Errors = [.. patterns.Select(pattern => pattern.Number("sigma_003_deg") ?? 0)],
            };
        }
    }
}
