using System.Globalization;
using System.Security;
using System.Text;
using CellLab.Service.Offline.Preview.Drawing;

namespace CellLab.Service.Offline.Report;

/// <summary>A figure as an SVG of its own: no other file, no background, readable on white and on black.</summary>
internal static class FigureSvg
{
    private const double Left = 80, Width = 620, Top = 30, PanelHeight = 230, PanelGap = 22, Bottom = 50, LegendRow = 18;

    private static readonly string[] s_palette = ["#3b82c4", "#c7702a", "#3f9e5f", "#a15fb8", "#b8860b", "#c44a6a", "#5f8f9e", "#7d7d7d"];

    public static string Write(Figure figure)
    {
        Series[] named = [.. figure.Panels.SelectMany(panel => panel.Series).Where(series => series.Label is not null).DistinctBy(series => (series.Label, series.Style))];
        int rows = (named.Length + 2) / 3;
        double panels = figure.Panels.Count * (PanelHeight + PanelGap);
        double height = Top + panels + Bottom + (rows * LegendRow);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 {height:0}\" role=\"img\" aria-label=\"{Escape(figure.Title)}\">\n");
        svg.Append("<style>text{font:12px sans-serif;fill:#7d7d7d}.t{font-weight:bold}.a{fill:none;stroke:#7d7d7d}.g{stroke:#7d7d7d;stroke-opacity:.25}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"t\" x=\"{Left}\" y=\"16\">{Escape(figure.Title)}</text>\n");
        (double low, double high) = Across(figure);
        for (int index = 0; index < figure.Panels.Count; index++)
        {
            var axes = new FigureAxes(svg, Left, Top + (index * (PanelHeight + PanelGap)), Width, PanelHeight, low, high, figure.Panels[index], figure.EqualScales);
            axes.Draw(isLast: index == figure.Panels.Count - 1, figure.AcrossTitle);
            foreach (Series series in figure.Panels[index].Series)
            {
                SeriesSvg.Write(svg, axes, series, s_palette[series.Colour % s_palette.Length]);
            }
        }

        for (int index = 0; index < named.Length; index++)
        {
            Legend(svg, named[index], Left + (index % 3 * 210), Top + panels + Bottom + (index / 3 * LegendRow));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, Series series, double x, double y)
    {
        string colour = s_palette[series.Colour % s_palette.Length];
        svg.Append(series.Style switch
        {
            SeriesStyle.Line or SeriesStyle.Dashes => string.Create(
                CultureInfo.InvariantCulture, $"<path d=\"M{x:0} {y - 4:0}h22\" stroke=\"{colour}\" stroke-opacity=\"{series.Strength:0.##}\" stroke-width=\"2\"{(series.Style == SeriesStyle.Dashes ? " stroke-dasharray=\"5 3\"" : "")}/>"),
            _ => string.Create(
                CultureInfo.InvariantCulture, $"<circle cx=\"{x + 11:0}\" cy=\"{y - 4:0}\" r=\"3\" opacity=\"{series.Strength:0.##}\" fill=\"{(series.Style == SeriesStyle.Dots ? colour : "none")}\" stroke=\"{colour}\"/>"),
        });
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 28:0}\" y=\"{y:0}\">{Escape(series.Label!)}</text>\n");
    }

    private static (double Low, double High) Across(Figure figure)
    {
        double[] values = [.. figure.Panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).Select(point => point.X).Where(double.IsFinite)];
        return values.Length == 0 ? (0, 1) : AxisTicks.Round(values.Min(), values.Max());
    }

    private static string Escape(string text) => SecurityElement.Escape(text) ?? "";
}
