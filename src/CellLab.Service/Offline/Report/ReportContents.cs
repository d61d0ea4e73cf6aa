using CellLab.Service.Offline.Report.Figures;

namespace CellLab.Service.Offline.Report;

/// <summary>Everything that stands in a report. Excluded jobs are named in the list of jobs and nowhere else.</summary>
public sealed class ReportContents
{
    internal ReportContents(string title, string site, DateTimeOffset madeAtUtc, IReadOnlyList<ReportedJob> all)
    {
        (Title, Site, MadeAtUtc, AllJobs) = (title, site, madeAtUtc, all);
        Jobs = [.. all.Where(job => job.Excluded is null)];
        var palette = new Palette(Jobs);
        Figure[] figures =
        [
            FirstCycleFigure.Of(Jobs, palette), CyclingFigures.DqDv(Jobs, palette), CyclingFigures.Life(Jobs, palette), CyclingFigures.Rates(Jobs, palette),
            DiffusionFigures.Nyquist(Jobs, palette), DiffusionFigures.Gitt(Jobs, palette), PatternFigure.Of(Jobs, palette),
        ];
        Figures = [.. figures.Where(figure => !figure.IsEmpty).Select(figure => (figure, FigureSvg.Write(figure)))];
    }

    public string Title { get; }

    internal string Site { get; }

    internal DateTimeOffset MadeAtUtc { get; }

    internal IReadOnlyList<ReportedJob> AllJobs { get; }

    internal IReadOnlyList<ReportedJob> Jobs { get; }

    internal IReadOnlyList<(Figure Figure, string Svg)> Figures { get; }

    internal HtmlTable Materials => ReportTables.Materials(Jobs);

    internal HtmlTable Each => ReportTables.Each(Jobs);

    internal HtmlTable Inputs => ReportTables.Inputs(Jobs);

    internal HtmlTable Remarks => ReportTables.Remarks(Jobs);

    /// <param name="site">Where the data come from.</param>
    public static ReportContents Of(string title, string site, DateTimeOffset madeAtUtc, IReadOnlyList<ReportedJob> jobs) => new(title, site, madeAtUtc, jobs);

    public string ToHtml() => ReportHtml.Write(this);

    /// <summary>Each figure as a file of its own: name and SVG.</summary>
    public IEnumerable<(string FileName, string Svg)> Drawings() => Figures.Select(figure => (figure.Figure.Name + ".svg", figure.Svg));
}
