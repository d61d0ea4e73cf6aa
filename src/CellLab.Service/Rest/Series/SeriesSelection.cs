using CellLab.Core.Jobs;
using CellLab.Core.Series;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Series;

/// <summary>Chooses what of a time range is read: every record where few lie in it, else runs with their extremes.</summary>
/// <param name="Records">In the range.</param>
/// <param name="Whole">Every record stands for itself.</param>
internal sealed record SeriesSelection(IReadOnlyList<RecordRun> Runs, long Records, bool Whole)
{
    /// <summary>Reads at most about <paramref name="parts"/> runs; single records as long as they are no more than two to a part, since a run takes two
    /// points to draw.</summary>
    public static async Task<SeriesSelection> ReadAsync(
        IRecordSeries series, JobId job, string stream, double fromSeconds, double toSeconds, int parts, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordRun> runs = await series.ReadRunsAsync(job, stream, fromSeconds, toSeconds, cancellationToken);
        long records = runs.Sum(run => run.Count);
        if (runs.Count >= parts && records > 2L * parts)
        {
            return new SeriesSelection(RunThinning.Thin(runs, parts), records, false);
        }

        List<RecordRun> single = runs.Count == 0
            ? []
            : Inside(await series.ReadPointsAsync(job, stream, runs[0].FirstSequence, runs[^1].LastSequence, cancellationToken), fromSeconds, toSeconds);
        return single.Count <= 2 * parts
            ? new SeriesSelection(single, single.Count, true)
            : new SeriesSelection(RunThinning.Thin(single, parts), single.Count, false);
    }

    /// <summary>Records in the range and one more on either side, so that lines go on to the edge.</summary>
    private static List<RecordRun> Inside(IReadOnlyList<RecordPoint> points, double fromSeconds, double toSeconds)
    {
        int first = 0;
        int last = points.Count - 1;
        while (first < last && points[first + 1].TestTimeSeconds < fromSeconds)
        {
            first++;
        }

        while (last > first && points[last - 1].TestTimeSeconds > toSeconds)
        {
            last--;
        }

        var runs = new List<RecordRun>(Math.Max(0, last - first + 1));
        for (int index = first; index <= last; index++)
        {
            runs.Add(points[index].ToRun(index > 0 ? points[index - 1].TestTimeSeconds : null));
        }

        return runs;
    }
}
