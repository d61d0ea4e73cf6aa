using CellLab.Core.Triggers.Rules;

namespace CellLab.Core.Triggers.Patterns;

/// <summary>The electrochemistry under one exposure, from the cycler's points within it and the ends between points.</summary>
/// <param name="HasGap">Points are missing within it, or it is not covered to its ends.</param>
public sealed record ExposureState(PatternState Start, PatternState Middle, PatternState End, PatternMean Mean, bool HasGap)
{
    private const double GapIntervals = 3;

    /// <param name="points">In order; they should begin before the exposure and end after it.</param>
    /// <param name="longestIntervalSeconds">Of the program's record rule: a longer silence is a gap.</param>
    /// <returns>Null without a point.</returns>
    public static ExposureState? Of(IReadOnlyList<CellPoint> points, DateTimeOffset from, DateTimeOffset to, CellFacts cell, double longestIntervalSeconds)
    {
        if (points.Count == 0)
        {
            return null;
        }

        bool covered = points[0].AtUtc <= from && points[^1].AtUtc >= to;
        CellPoint start = At(points, from);
        CellPoint end = At(points, to);
        CellPoint[] path = [start, .. points.Where(point => point.AtUtc > from && point.AtUtc < to), end];
        bool silent = Neighbours(points, from, to).Any(pair => (pair.Later.AtUtc - pair.Earlier.AtUtc).TotalSeconds > GapIntervals * longestIntervalSeconds);
        return new ExposureState(
            PatternState.Of(start, cell), PatternState.Of(At(points, from + ((to - from) / 2)), cell), PatternState.Of(end, cell), MeanOf(path, cell), silent || !covered);
    }

    /// <summary>Before the first and after the last point their values stand.</summary>
    private static CellPoint At(IReadOnlyList<CellPoint> points, DateTimeOffset moment)
    {
        int low = 0;
        int high = points.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = points[middle].AtUtc <= moment ? (middle + 1, high) : (low, middle);
        }

        if (low == 0 || low == points.Count)
        {
            return points[low == 0 ? 0 : ^1] with { AtUtc = moment };
        }

        (CellPoint before, CellPoint after) = (points[low - 1], points[low]);
        if (before.StepCount == after.StepCount)
        {
            return before.Towards(after, (moment - before.AtUtc) / (after.AtUtc - before.AtUtc));
        }

        // across a change of step each side keeps its own values
        CellPoint began = before.BeginningOf(after);
        return moment >= began.AtUtc ? began with { AtUtc = moment } : before with { AtUtc = moment };
    }

    private static PatternMean MeanOf(CellPoint[] path, CellFacts cell)
    {
        double seconds = (path[^1].AtUtc - path[0].AtUtc).TotalSeconds;
        double Mean(Func<CellPoint, double> of) => seconds <= 0 ? of(path[0])
            : path.Zip(path.Skip(1), (a, b) => (of(a) + of(b)) / 2 * (b.AtUtc - a.AtUtc).TotalSeconds).Sum() / seconds;
        double Span(Func<CellPoint, double> of) => path.Max(of) - path.Min(of);
        return new PatternMean(
            Mean(point => point.VoltageVolts), Mean(point => point.CurrentAmperes) * 1e3,
            cell.MilliampereHoursPerGram(Mean(point => point.HalfCycleAmpereHours)), cell.MilliampereHoursPerGram(Mean(point => point.NetAmpereHours)),
            Span(point => point.VoltageVolts), cell.MilliampereHoursPerGram(Span(point => point.NetAmpereHours)));
    }

    private static IEnumerable<(CellPoint Earlier, CellPoint Later)> Neighbours(IReadOnlyList<CellPoint> points, DateTimeOffset from, DateTimeOffset to) =>
        points.Zip(points.Skip(1)).Where(pair => pair.Second.AtUtc > from && pair.First.AtUtc < to).Select(pair => (pair.First, pair.Second));
}
