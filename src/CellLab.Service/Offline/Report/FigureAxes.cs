using System.Globalization;
using System.Security;
using System.Text;
using CellLab.Service.Offline.Preview.Drawing;

namespace CellLab.Service.Offline.Report;

/// <summary>The axes of one panel, and where values lie on them.</summary>
internal sealed class FigureAxes
{
    private readonly StringBuilder _svg;
    private readonly FigurePanel _panel;
    private readonly double _left, _top, _width, _height, _lowX, _highX, _lowY, _highY;

    public FigureAxes(StringBuilder svg, double left, double top, double width, double height, double lowX, double highX, FigurePanel panel, bool equalScales)
    {
        (_svg, _left, _top, _width, _height, _lowX, _highX, _panel) = (svg, left, top, width, height, lowX, highX > lowX ? highX : lowX + 1, panel);
        double[] values = [.. (panel.ScaledBy ?? panel.Series).SelectMany(Spans).Where(value => double.IsFinite(value) && (!panel.Logarithmic || value > 0)).Select(Scaled)];
        (double low, double high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        (_lowY, _highY) = panel.Logarithmic ? (Math.Floor(low), Math.Max(Math.Ceiling(high), Math.Floor(low) + 1)) : AxisTicks.Round(panel.FromZero ? Math.Min(0, low) : low, high);
        if (equalScales)
        {
            double perUnit = Math.Min(width / (_highX - _lowX), height / (_highY - _lowY));
            (_highX, _highY) = (_lowX + (width / perUnit), _lowY + (height / perUnit));
        }
    }

    public double X(double value) => _left + ((value - _lowX) / (_highX - _lowX) * _width);

    public double Y(double value) => _top + _height - ((Within(Scaled(value)) - _lowY) / (_highY - _lowY) * _height);

    public bool Shows(double value) => double.IsFinite(value) && (!_panel.Logarithmic || value > 0);

    public void Draw(bool isLast, string acrossTitle)
    {
        Append($"<rect class=\"a\" x=\"{_left}\" y=\"{_top}\" width=\"{_width}\" height=\"{_height}\"/>");
        foreach (double value in AxisTicks.Within(_lowX, _highX))
        {
            Append($"<path class=\"a\" d=\"M{X(value):0.#} {_top + _height}v5\"/>");
            if (isLast)
            {
                Append($"<text x=\"{X(value):0.#}\" y=\"{_top + _height + 18}\" text-anchor=\"middle\">{Number(value)}</text>");
            }
        }

        foreach (double value in _panel.Logarithmic ? Enumerable.Range((int)_lowY, (int)(_highY - _lowY) + 1).Select(power => (double)power) : AxisTicks.Within(_lowY, _highY))
        {
            double y = _top + _height - ((value - _lowY) / (_highY - _lowY) * _height);
            Append($"<path class=\"g\" d=\"M{_left} {y:0.#}h{_width}\"/>");
            Append($"<text x=\"{_left - 7}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{(_panel.Logarithmic ? $"1e{value:0}" : Number(value))}</text>");
        }

        if (isLast)
        {
            Append($"<text x=\"{_left + (_width / 2)}\" y=\"{_top + _height + 36}\" text-anchor=\"middle\">{SecurityElement.Escape(acrossTitle)}</text>");
        }

        Append($"<text transform=\"translate(16 {_top + (_height / 2)}) rotate(-90)\" text-anchor=\"middle\">{SecurityElement.Escape(_panel.UpTitle)}</text>");
    }

    private double Within(double value) => _panel.ScaledBy is null ? value : Math.Clamp(value, _lowY, _highY);

    private double Scaled(double value) => _panel.Logarithmic ? Math.Log10(value) : value;

    private static IEnumerable<double> Spans(Series series) => series.Points.SelectMany((point, index) =>
        series.Errors is { } errors ? (double[])[point.Y - errors[index], point.Y + errors[index]] : [point.Y]);

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Number(double value) => (Math.Round(value, 10) + 0.0).ToString("0.######", CultureInfo.InvariantCulture);
}
