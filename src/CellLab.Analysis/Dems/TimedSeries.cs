namespace CellLab.Analysis.Dems;

/// <summary>Values with their own times (s, rising). Samples without a value are not in it.</summary>
public sealed class TimedSeries
{
    private readonly double[] _times;
    private readonly double[] _values;

    /// <summary>Pairs that do not follow in time are put in order; of several at one time the last one stays.</summary>
    public TimedSeries(IEnumerable<(double Seconds, double Value)> samples)
    {
        (double Seconds, double Value)[] finite = [.. samples.Where(sample => double.IsFinite(sample.Seconds) && double.IsFinite(sample.Value))];
        bool rising = true;
        for (int sample = 1; sample < finite.Length && rising; sample++)
        {
            rising = finite[sample].Seconds > finite[sample - 1].Seconds;
        }

        (double Seconds, double Value)[] kept = rising ? finite : InOrder(finite);
        _times = [.. kept.Select(sample => sample.Seconds)];
        _values = [.. kept.Select(sample => sample.Value)];
    }

    public int Count => _times.Length;

    public IReadOnlyList<double> Times => _times;

    public IReadOnlyList<double> Values => _values;

    /// <summary>Times shifted, for masses that are read later in a cycle of the instrument.</summary>
    public TimedSeries Shifted(double seconds) => new(_times.Zip(_values, (time, value) => (time + seconds, value)));

    public TimedSeries Select(Func<double, double, double> change) => new(_times.Zip(_values, (time, value) => (time, change(time, value))));

    /// <summary>Samples from one time to another, both included.</summary>
    public TimedSeries Between(double from, double to) =>
        new(_times.Zip(_values, (time, value) => (Seconds: time, Value: value)).Where(sample => sample.Seconds >= from && sample.Seconds <= to));

    /// <summary>Linear between samples; the first or last value outside.</summary>
    public double At(double seconds)
    {
        int found = Array.BinarySearch(_times, seconds);
        if (found >= 0)
        {
            return _values[found];
        }

        int next = ~found;
        if (next == 0 || next == _times.Length)
        {
            return _values[Math.Clamp(next, 0, _times.Length - 1)];
        }

        double share = (seconds - _times[next - 1]) / (_times[next] - _times[next - 1]);
        return _values[next - 1] + (share * (_values[next] - _values[next - 1]));
    }

    public double? Mean(double from, double to) => Between(from, to) is { Count: > 0 } part ? part._values.Average() : null;

    /// <summary>Trapezoids over the samples alone.</summary>
    public double Integral()
    {
        double sum = 0;
        for (int sample = 1; sample < _times.Length; sample++)
        {
            sum += (_values[sample] + _values[sample - 1]) / 2 * (_times[sample] - _times[sample - 1]);
        }

        return sum;
    }

    /// <summary>Trapezoids with the values at both ends of the span interpolated; a span beyond the samples ends with them.</summary>
    public double Integral(double from, double to)
    {
        if (Count == 0)
        {
            return 0;
        }

        (double first, double last) = (Math.Max(from, _times[0]), Math.Min(to, _times[^1]));
        return first >= last ? 0 : new TimedSeries(
            Between(first, last)._times.Zip(Between(first, last)._values, (time, value) => (time, value)).Prepend((first, At(first))).Append((last, At(last)))).Integral();
    }

    private static (double Seconds, double Value)[] InOrder((double Seconds, double Value)[] samples) =>
        [.. samples.GroupBy(sample => sample.Seconds).OrderBy(group => group.Key).Select(group => group.Last())];
}
