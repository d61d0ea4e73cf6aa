namespace CellLab.Analysis.DqDv;

/// <summary>A local maximum of dQ/dV above 15 % of the largest. Position and height by a parabola through three points; the area reaches to the
/// minima on both sides (Ah).</summary>
public sealed record DqDvPeak(double Volts, double AhPerVolt, double AreaAh)
{
    private const double SmallestShare = 0.15;

    public static IReadOnlyList<DqDvPeak> Find(DqDvCurve curve)
    {
        IReadOnlyList<double> values = curve.AhPerVolt;
        double threshold = SmallestShare * values.DefaultIfEmpty(0).Max();
        var peaks = new List<DqDvPeak>();
        for (int index = 0; index < values.Count; index++)
        {
            if (values[index] > threshold && values[index] > At(values, index - 1) && values[index] >= At(values, index + 1))
            {
                peaks.Add(Refine(curve, index));
            }
        }

        return peaks;
    }

    private static DqDvPeak Refine(DqDvCurve curve, int index)
    {
        IReadOnlyList<double> values = curve.AhPerVolt;
        double left = At(values, index - 1);
        double middle = values[index];
        double right = At(values, index + 1);
        double bend = left - (2 * middle) + right;
        double shift = bend == 0 ? 0 : (left - right) / (2 * bend);
        double height = middle - ((left - right) * shift / 4);
        return new DqDvPeak(curve.VoltsAt(index + shift), height, AreaAround(curve, index));
    }

    private static double AreaAround(DqDvCurve curve, int index)
    {
        IReadOnlyList<double> values = curve.AhPerVolt;
        int first = index;
        while (first > 0 && values[first - 1] <= values[first])
        {
            first--;
        }

        int last = index;
        while (last < values.Count - 1 && values[last + 1] <= values[last])
        {
            last++;
        }

        double sum = 0;
        for (int bin = first; bin <= last; bin++)
        {
            // A bin that is the minimum between two peaks belongs to both by half.
            bool shared = (bin == first && At(values, bin - 1) > 0) || (bin == last && At(values, bin + 1) > 0);
            sum += values[bin] * (shared ? 0.5 : 1);
        }

        return sum * curve.BinVolts;
    }

    private static double At(IReadOnlyList<double> values, int index) => index >= 0 && index < values.Count ? values[index] : 0;
}
