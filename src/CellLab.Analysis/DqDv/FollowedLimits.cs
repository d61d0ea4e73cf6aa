namespace CellLab.Analysis.DqDv;

/// <summary>Limits that follow the minima of dQ/dV from cycle to cycle, since fade and polarisation move the peaks.</summary>
public static class FollowedLimits
{
    private const double ReachVolts = 0.15;

    /// <summary>The deepest minimum within 0.15 V of where the limit was in the cycle before; null when there is none: it is missing, not guessed.</summary>
    public static double? Next(DqDvCurve curve, double beforeVolts)
    {
        IReadOnlyList<double> values = curve.AhPerVolt;
        int? deepest = null;
        for (int index = 1; index < values.Count - 1; index++)
        {
            bool isMinimum = values[index] < values[index - 1] && values[index] <= values[index + 1];
            if (isMinimum && Math.Abs(curve.VoltsAt(index) - beforeVolts) <= ReachVolts && (deepest is null || values[index] < values[deepest.Value]))
            {
                deepest = index;
            }
        }

        return deepest is { } found ? curve.VoltsAt(found + Shift(values[found - 1], values[found], values[found + 1])) : null;
    }

    /// <summary>Of the lowest point of the parabola through three points, in bins.</summary>
    private static double Shift(double left, double middle, double right)
    {
        double bend = left - (2 * middle) + right;
        return bend == 0 ? 0 : (left - right) / (2 * bend);
    }
}
