using CellLab.Core.Series;

namespace CellLab.Analysis.Curves;

/// <summary>Puts records together to curves of voltage against charge, one for each direction of each cycle. Steps in the same direction follow each
/// other; without the instrument's counter the current is integrated over time. A step belongs to one cycle as a whole, that of its last record: the
/// live count changes only after the first records of the step that begins a cycle.</summary>
public static class VoltageCurves
{
    /// <param name="points">In order, without gap in the sequence numbers.</param>
    public static IReadOnlyList<VoltageCurve> Of(IReadOnlyList<RecordPoint> points)
    {
        var cycleOfStep = new Dictionary<int, int>();
        foreach (RecordPoint point in points)
        {
            cycleOfStep[point.StepCount] = point.Cycle;
        }

        var halves = new Dictionary<(int Cycle, bool Charging), Half>();
        RecordPoint? before = null;
        foreach (RecordPoint point in points)
        {
            if (point.CurrentAmperes != 0)
            {
                var key = (cycleOfStep[point.StepCount], point.CurrentAmperes > 0);
                if (!halves.TryGetValue(key, out Half? half))
                {
                    halves.Add(key, half = new Half());
                }

                half.Add(point, before);
            }

            before = point;
        }

        return [.. halves.Where(half => half.Value.Volts.Count > 1).Select(half => new VoltageCurve(half.Key.Cycle, half.Key.Charging, half.Value.AmpereHours, half.Value.Volts))];
    }

    /// <summary>At most <paramref name="parts"/> parts of equal numbers of points, each with its lowest and highest voltage in their order; the ends
    /// stay.</summary>
    public static VoltageCurve Thin(VoltageCurve curve, int parts)
    {
        int count = curve.Volts.Count;
        if (count <= 2 * parts)
        {
            return curve;
        }

        var kept = new SortedSet<int> { 0, count - 1 };
        for (int part = 0; part < parts; part++)
        {
            IEnumerable<int> inside = Enumerable.Range((int)((long)part * count / parts), (int)((long)(part + 1) * count / parts) - (int)((long)part * count / parts));
            kept.Add(inside.MinBy(index => curve.Volts[index]));
            kept.Add(inside.MaxBy(index => curve.Volts[index]));
        }

        return curve with { AmpereHours = [.. kept.Select(index => curve.AmpereHours[index])], Volts = [.. kept.Select(index => curve.Volts[index])] };
    }

    private sealed class Half
    {
        private int step;
        private double beforeStep;

        public List<double> AmpereHours { get; } = [];

        public List<double> Volts { get; } = [];

        public void Add(in RecordPoint point, RecordPoint? before)
        {
            double soFar = AmpereHours.Count > 0 ? AmpereHours[^1] : 0;
            if (point.StepCount != step)
            {
                (step, beforeStep) = (point.StepCount, soFar);
            }

            double charge = point.StepCapacityAmpereHours is { } counter ? beforeStep + Math.Abs(counter) : soFar + Integral(point, before);
            AmpereHours.Add(Math.Max(soFar, charge));
            Volts.Add(point.VoltageVolts);
        }

        /// <summary>By the trapezoid rule, within one step alone.</summary>
        private static double Integral(in RecordPoint point, RecordPoint? before) => before is { } last && last.StepCount == point.StepCount
            ? Math.Abs((last.CurrentAmperes + point.CurrentAmperes) / 2) * (point.TestTimeSeconds - last.TestTimeSeconds) / 3600
            : 0;
    }
}
