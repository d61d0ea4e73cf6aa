using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage.Maintenance;
using CellLab.Storage.Reading;
using CellLab.Storage.Writing;

namespace CellLab.Storage.Archiving;

/// <summary>What archiving needs of an open journal.</summary>
internal sealed class ArchiveParts(
    string folder, JournalWriter writer, JournalReader reader, RowPart<RecordRow> records, RowPart<CompanionRow> companions,
    Func<CancellationToken, Task> moveAllAsync, ArchiveBook book, Clocks clocks, JournalOptions options)
{
    public string Folder => folder;

    public JournalWriter Writer => writer;

    public ArchiveBook Book => book;

    public TimeProvider Wall => clocks.Wall;

    public TimeProvider Lab => clocks.Lab;

    public ArchiveClearing Clearing { get; } = new(folder, writer, book, step => options.BeforeArchiveStep?.Invoke(step));

    public ArchiveReturn Return { get; } = new(folder, writer, step => options.BeforeArchiveStep?.Invoke(step));

    /// <summary>A disk that an archive filled would take no record of the cells that run.</summary>
    /// <exception cref="StorageException">There is too little room.</exception>
    public void RequireRoom(string inFolder, long bytes, string what) => FreeSpace.Require(inFolder, bytes, what, options.FreeBytes);

    public void Before(ArchiveStep step) => options.BeforeArchiveStep?.Invoke(step);

    /// <summary>Every row into its job's file, and out of the tail what the publisher has passed.</summary>
    public Task MoveAllAsync(CancellationToken cancellationToken) => moveAllAsync(cancellationToken);

    /// <exception cref="StorageException">Rows of the job still lie in the tail.</exception>
    public async Task<ArchiveContents> ReadContentsAsync(JobId job, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<(string Table, string Stream), long>();
        long waiting = Count(records, "records", job, rows) + Count(companions, "companions", job, rows);
        return waiting == 0
            ? new ArchiveContents(rows, await reader.ReadAsync(database => JournalDump.Read(database, job), cancellationToken))
            : throw new StorageException($"job {job}: {waiting} rows wait in the journal for the broker to acknowledge them. Archive it when they are published.");
    }

    private static long Count<TRow>(RowPart<TRow> part, string table, JobId job, Dictionary<(string Table, string Stream), long> rows)
    {
        long waiting = 0;
        foreach ((string stream, long last, long inTail) in part.Index.StreamsOf(job))
        {
            waiting += inTail;
            if (last > 0)
            {
                rows.Add((table, stream), last);
            }
        }

        return waiting;
    }
}
