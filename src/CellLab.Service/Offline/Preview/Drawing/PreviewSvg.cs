using System.Globalization;
using System.Text;

namespace CellLab.Service.Offline.Preview.Drawing;

/// <summary>A preview as a drawing of its own: voltage over time, and capacity over cycles where there are any. Needs no other file and no background.</summary>
public static class PreviewSvg
{
    private const double FirstTop = 45;
    private const double PanelStep = 310;
    private const int DenseCycles = 120;

    public static string Write(ProtocolPreview preview, string title)
    {
        var svg = new StringBuilder();
        bool cycles = preview.Cycles.Count > 0;
        double height = FirstTop + SvgPanel.Height + 60 + (cycles ? PanelStep : 0);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 {height}\" width=\"800\" height=\"{height}\" role=\"img\">\n");
        svg.Append("  <style>text{font:13px sans-serif;fill:#7d7d7d} .title{font-weight:bold} .axis{fill:none;stroke:#7d7d7d} .grid{stroke:#7d7d7d;stroke-opacity:.25}"
            + " .voltage{fill:none;stroke:#3b82c4;stroke-width:1.2;stroke-linejoin:round} .charge{fill:none;stroke:#c7702a} .discharge{fill:#3b82c4}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <title>{System.Security.SecurityElement.Escape(title)}</title>\n  <desc>{System.Security.SecurityElement.Escape(preview.Estimate)}</desc>\n");
        Voltage(svg, preview, title);
        if (cycles)
        {
            Capacity(svg, preview);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Voltage(StringBuilder svg, ProtocolPreview preview, string title)
    {
        PlotAxis time = PlotAxis.Time(preview.DurationS, out double divisor);
        var panel = new SvgPanel(svg, time, PlotAxis.Voltage(preview), FirstTop);
        panel.Axes($"{title}: voltage ({(preview.PlainEstimate ? "plain estimate, no cell model" : "simulated cell")})");
        var path = new StringBuilder();
        foreach (TracePoint point in preview.Voltage)
        {
            double x = panel.X(Math.Min(point.TS, preview.DurationS) / divisor);
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {panel.Y(point.LowV):0.#}L{x:0.#} {panel.Y(point.HighV):0.#}");
        }

        panel.Line($"<path class=\"voltage\" d=\"{path}\"/>");
    }

    private static void Capacity(StringBuilder svg, ProtocolPreview preview)
    {
        CapacitySeries series = CapacitySeries.Of(preview.Cycles);
        var axis = new PlotAxis("cycle", 0, preview.Cycles[^1].Cycle + 1);
        var panel = new SvgPanel(svg, axis, PlotAxis.Capacity(series), FirstTop + PanelStep);
        panel.Axes("capacity per cycle");
        string radius = preview.Cycles.Count > DenseCycles ? "1.5" : "3";
        Points(panel, series.Charge, "charge", radius);
        Points(panel, series.Discharge, "discharge", radius);
        Legend(panel, FirstTop + PanelStep - 14);
    }

    private static void Points(SvgPanel panel, IReadOnlyList<(int Cycle, double Value)> values, string style, string radius)
    {
        foreach ((int cycle, double value) in values)
        {
            panel.Line(FormattableString.Invariant($"<circle class=\"{style}\" cx=\"{panel.X(cycle):0.#}\" cy=\"{panel.Y(value):0.#}\" r=\"{radius}\"/>"));
        }
    }

    private static void Legend(SvgPanel panel, double y)
    {
        const double right = SvgPanel.Left + SvgPanel.Width;
        panel.Line(FormattableString.Invariant($"<circle class=\"charge\" cx=\"{right - 150}\" cy=\"{y}\" r=\"3\"/>"));
        panel.Text(right - 142, y + 4, "start", "charge");
        panel.Line(FormattableString.Invariant($"<circle class=\"discharge\" cx=\"{right - 75}\" cy=\"{y}\" r=\"3\"/>"));
        panel.Text(right - 67, y + 4, "start", "discharge");
    }
}
