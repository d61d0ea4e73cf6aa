using System.Text.Json;

namespace CellLab.Service.Offline.Report.Figures;

/// <summary>Position of the (003) reflection against the state of the cell.</summary>
internal static class PatternFigure
{
    public static Figure Of(IReadOnlyList<ReportedJob> jobs, Palette palette) => new(
        "xrd-003", "(003) reflection", "mean voltage during the exposure / V",
        [new FigurePanel("(003) / degrees 2theta", [.. jobs.Where(job => job.Patterns.Count > 0).SelectMany(job => Series(job, palette))])],
        "Position from a fit of the peak, less the displacement offset that the table states; dots: charge, rings: discharge; error bars: standard error of the fit. Jobs of one material share a colour, further ones are fainter.");

    private static IEnumerable<Series> Series(ReportedJob job, Palette palette)
    {
        foreach ((string direction, SeriesStyle style) in ((string, SeriesStyle)[])[("charge", SeriesStyle.Dots), ("discharge", SeriesStyle.Rings)])
        {
            JsonElement[] patterns = [.. job.Patterns.Where(pattern => IsOf(pattern, direction) && PatternPosition.Of003(pattern) is not null && pattern.Number("mean", "e_v") is not null)];
            yield return new Series($"{job.Sample} {direction}", palette.Of(job.Material), [.. patterns.Select(pattern => (pattern.Number("mean", "e_v")!.Value, PatternPosition.Of003(pattern)!.Value))], style)
            {
                Strength = palette.StrengthOf(job),
                Errors = [.. patterns.Select(pattern => pattern.Number("xrd", "peaks", "003", "sigma_deg") ?? 0)],
            };
        }
    }

    private static bool IsOf(JsonElement pattern, string direction) =>
        (pattern.Text("start", "direction") ?? pattern.Text("end", "direction"))?.Equals(direction, StringComparison.OrdinalIgnoreCase) == true;
}
