using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Series;
using CellLab.Core.Storage;
using CellLab.Storage.Archiving;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Reading;

/// <summary>Runs and points of a stream, from the job's file and after it from the journal's tail. On a thread of its own: a plot of a whole job does
/// not hold up anybody else's reading.</summary>
internal sealed class SeriesReader(string folder, JournalReader journal, RowReader<RecordRow> rows, ArchiveBook archives) : IRecordSeries, IDisposable
{
    private const int PageRows = 10_000;

    private readonly WorkerThread _thread = new("series reader");

    public async Task<IReadOnlyList<RecordRun>> ReadRunsAsync(
        JobId job, string stream, double fromSeconds, double toSeconds, CancellationToken cancellationToken)
    {
        archives.RequireHere(job);
        (List<RecordRun> runs, long last) = await FromFileAsync(
            () => SeriesFile.ReadRuns(folder, job, stream, fromSeconds, toSeconds), cancellationToken);
        double? before = runs.Count > 0 && runs[^1].LastSequence == last ? runs[^1].EndSeconds : null;
        foreach (RecordPoint point in await FromJournalAsync(job, stream, last + 1, long.MaxValue, cancellationToken))
        {
            if (point.TestTimeSeconds >= fromSeconds && point.TestTimeSeconds <= toSeconds)
            {
                runs.Add(point.ToRun(before));
            }

            before = point.TestTimeSeconds;
        }

        return runs;
    }

    public async Task<IReadOnlyList<RecordPoint>> ReadPointsAsync(
        JobId job, string stream, long firstSequence, long lastSequence, CancellationToken cancellationToken)
    {
        archives.RequireHere(job);
        List<RecordPoint> points = await FromFileAsync(
            () => SeriesFile.ReadPoints(folder, job, stream, firstSequence, lastSequence), cancellationToken);
        long next = points.Count > 0 ? points[^1].Sequence + 1 : firstSequence;
        points.AddRange(await FromJournalAsync(job, stream, next, lastSequence, cancellationToken));
        return points;
    }

    public void Dispose() => _thread.Dispose();

    private Task<T> FromFileAsync<T>(Func<T> read, CancellationToken cancellationToken) => _thread.RunAsync(
        () =>
        {
            try
            {
                return read();
            }
            catch (SqliteFaultException fault)
            {
                throw new StorageException($"{fault.Path}: cannot be read ({fault.Message}).", fault);
            }
        },
        cancellationToken);

    /// <summary>What the file did not have when it was read; rows that were moved meanwhile come all the same.</summary>
    private async Task<List<RecordPoint>> FromJournalAsync(JobId job, string stream, long first, long last, CancellationToken cancellationToken)
    {
        var points = new List<RecordPoint>();
        while (first <= last)
        {
            int most = (int)Math.Min(PageRows, last - first + 1);
            IReadOnlyList<RecordRow> page = await journal.ReadAsync(database => rows.Read(database, new StreamName(job, stream), first, most), cancellationToken);
            points.AddRange(page.Select(RecordPoint.Of));
            if (page.Count < most)
            {
                break;
            }

            first = page[^1].Sequence + 1;
        }

        return points;
    }
}
