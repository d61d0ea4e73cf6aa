using System.Globalization;
using System.Text;

namespace CellLab.Service.Offline.Report;

/// <summary>Draws one set of points.</summary>
internal static class SeriesSvg
{
    private const int MostDots = 600;

    public static void Write(StringBuilder svg, FigureAxes axes, Series series, string colour)
    {
        string strength = series.Strength.ToString("0.##", CultureInfo.InvariantCulture);
        if (series.Style is SeriesStyle.Line or SeriesStyle.Dashes)
        {
            string dashes = series.Style == SeriesStyle.Dashes ? " stroke-dasharray=\"5 3\"" : "";
            svg.Append($"<path d=\"{Path(axes, series.Points)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.4\" stroke-opacity=\"{strength}\" stroke-linejoin=\"round\"{dashes}/>\n");
            return;
        }

        string radius = series.Points.Count > MostDots / 4 ? "1.5" : "2.6";
        string fill = series.Style == SeriesStyle.Dots ? colour : "none";
        svg.Append($"<g fill=\"{fill}\" stroke=\"{colour}\" opacity=\"{strength}\">");
        for (int index = 0; index < series.Points.Count; index++)
        {
            (double x, double y) = series.Points[index];
            if (!double.IsFinite(x) || !axes.Shows(y))
            {
                continue;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{axes.X(x):0.#}\" cy=\"{axes.Y(y):0.#}\" r=\"{radius}\"/>");
            if (series.Errors is { } errors && errors[index] > 0 && axes.Shows(y - errors[index]))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{axes.X(x):0.#} {axes.Y(y - errors[index]):0.#}V{axes.Y(y + errors[index]):0.#}\"/>");
            }
        }

        svg.Append("</g>\n");
    }

    private static string Path(FigureAxes axes, IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        bool open = false;
        foreach ((double x, double y) in points)
        {
            if (!double.IsFinite(x) || !axes.Shows(y))
            {
                open = false;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(open ? 'L' : 'M')}{axes.X(x):0.#} {axes.Y(y):0.#}");
            open = true;
        }

        return path.ToString();
    }
}
