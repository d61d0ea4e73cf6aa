namespace CellLab.Service.Offline.Preview;

/// <summary>Lowest and highest voltage within one stretch of time that ends at <paramref name="TS"/>, s from the start.</summary>
public sealed record TracePoint(double TS, double LowV, double HighV);

/// <summary>Voltage over time in a bounded number of stretches: when they are full, two become one. Between two points that are further apart than a
/// stretch (a long rest) the voltage is a straight line.</summary>
internal sealed class VoltageTrace
{
    private const int MaxStretches = 1440;

    private readonly List<(double Low, double High)> _stretches = [];
    private double _seconds = 1;
    private (double Seconds, double Volts)? _last;

    public IReadOnlyList<TracePoint> Points =>
        [.. _stretches.Select((stretch, index) => new TracePoint((index + 1) * _seconds, stretch.Low, stretch.High)).Where(point => point.LowV <= point.HighV)];

    public void Add(double timeSeconds, double volts)
    {
        while (timeSeconds / _seconds >= MaxStretches)
        {
            Halve();
        }

        int index = (int)(timeSeconds / _seconds);
        if (_last is { } last)
        {
            for (int between = (int)(last.Seconds / _seconds) + 1; between < index; between++)
            {
                Mark(between, last.Volts + (volts - last.Volts) * (between * _seconds - last.Seconds) / (timeSeconds - last.Seconds));
            }
        }

        Mark(index, volts);
        _last = (timeSeconds, volts);
    }

    private void Mark(int index, double volts)
    {
        while (_stretches.Count <= index)
        {
            _stretches.Add((double.MaxValue, double.MinValue));
        }

        (double low, double high) = _stretches[index];
        _stretches[index] = (Math.Min(low, volts), Math.Max(high, volts));
    }

    private void Halve()
    {
        for (int i = 0; i * 2 < _stretches.Count; i++)
        {
            (double Low, double High) other = i * 2 + 1 < _stretches.Count ? _stretches[i * 2 + 1] : (double.MaxValue, double.MinValue);
            _stretches[i] = (Math.Min(_stretches[i * 2].Low, other.Low), Math.Max(_stretches[i * 2].High, other.High));
        }

        _stretches.RemoveRange((_stretches.Count + 1) / 2, _stretches.Count / 2);
        _seconds *= 2;
    }
}
