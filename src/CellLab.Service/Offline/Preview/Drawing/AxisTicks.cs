namespace CellLab.Service.Offline.Preview.Drawing;

/// <summary>Round values for an axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class AxisTicks
{
    private const int Wanted = 6;

    /// <summary>Every tick within the span, rising; the span's ends when it has no width.</summary>
    public static IReadOnlyList<double> Within(double low, double high)
    {
        double step = Step(high - low);
        if (step <= 0)
        {
            return [low];
        }

        var ticks = new List<double>();
        for (double n = Math.Ceiling(low / step - 1e-9); n * step <= high + 1e-9 * step; n++)
        {
            ticks.Add(n * step);
        }

        return ticks;
    }

    /// <summary>The span made larger to whole ticks.</summary>
    public static (double Low, double High) Round(double low, double high)
    {
        double step = Step(Math.Max(high - low, 1e-3 * Math.Max(Math.Abs(high), 1)));
        return (Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step);
    }

    private static double Step(double span)
    {
        if (!(span > 0) || !double.IsFinite(span))
        {
            return 0;
        }

        double rough = span / Wanted;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double times = (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return times * power;
    }
}
