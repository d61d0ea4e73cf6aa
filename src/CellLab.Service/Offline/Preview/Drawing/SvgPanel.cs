using System.Globalization;
using System.Text;

namespace CellLab.Service.Offline.Preview.Drawing;

/// <summary>One pair of axes within a drawing, and where values lie on it. Greys and colours of middle lightness stand out on white and on black.</summary>
internal sealed class SvgPanel(StringBuilder svg, PlotAxis across, PlotAxis up, double top)
{
    public const double Left = 70;
    public const double Width = 700;
    public const double Height = 220;
    private const double Tick = 5;

    public double X(double value) => Left + (value - across.Low) / (across.High - across.Low) * Width;

    public double Y(double value) => top + Height - (value - up.Low) / (up.High - up.Low) * Height;

    public void Axes(string title)
    {
        Line(FormattableString.Invariant($"<rect class=\"axis\" x=\"{Left}\" y=\"{top}\" width=\"{Width}\" height=\"{Height}\"/>"));
        Text(Left, top - 10, "start", title, "title");
        foreach (double value in AxisTicks.Within(across.Low, across.High))
        {
            Line(FormattableString.Invariant($"<path class=\"axis\" d=\"M{X(value):0.#} {top + Height}v{Tick}\"/>"));
            Text(X(value), top + Height + 20, "middle", Number(value));
        }

        foreach (double value in AxisTicks.Within(up.Low, up.High))
        {
            Line(FormattableString.Invariant($"<path class=\"grid\" d=\"M{Left} {Y(value):0.#}h{Width}\"/>"));
            Text(Left - 8, Y(value) + 4, "end", Number(value));
        }

        Text(Left + Width / 2, top + Height + 40, "middle", across.Title);
        Line(FormattableString.Invariant(
            $"<text transform=\"translate(18 {top + Height / 2}) rotate(-90)\" text-anchor=\"middle\">{up.Title}</text>"));
    }

    public void Text(double x, double y, string anchor, string text, string? style = null) =>
        Line(FormattableString.Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{(style is null ? "" : $" class=\"{style}\"")}>{System.Security.SecurityElement.Escape(text)}</text>"));

    public void Line(string element) => svg.Append("  ").Append(element).Append('\n');

    private static string Number(double value) => (Math.Round(value, 10) + 0.0).ToString("0.######", CultureInfo.InvariantCulture);
}
