using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Storage.Archiving;
using CellLab.Storage.Reading;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace CellLab.Storage;

/// <summary>The journal on embedded SQLite: <c>journal.db</c> in the data folder with what is new, <c>jobs/&lt;job&gt;.db</c> with each job's moved
/// rows. Layout: docs/reference/storage.md.</summary>
public sealed class Journal : IJournal, IAsyncDisposable
{
    private readonly JournalParts _parts;

    private Journal(JournalParts parts) => _parts = parts;

    public event Action<CommittedRows> RowsCommitted
    {
        add => _parts.Notices.RowsCommitted += value;
        remove => _parts.Notices.RowsCommitted -= value;
    }

    public event Action<IReadOnlyList<CompanionRow>> CompanionsCommitted
    {
        add => _parts.Notices.CompanionsCommitted += value;
        remove => _parts.Notices.CompanionsCommitted -= value;
    }

    public event Action<IReadOnlyList<JobEvent>> EventsCommitted
    {
        add => _parts.Notices.EventsCommitted += value;
        remove => _parts.Notices.EventsCommitted -= value;
    }

    /// <summary>Records for looking at.</summary>
    public IRecordSeries Series => _parts.Series;

    /// <summary>Jobs whose rows lie elsewhere.</summary>
    public JobArchives Archives => _parts.Archives;

    public long LastPosition => _parts.Records.Index.LastPosition;

    internal JournalParts Parts => _parts;

    private JournalReader Reader => _parts.Reader;

    /// <summary>Opens the data folder, or makes it, and holds it until the journal is disposed of.</summary>
    /// <exception cref="StorageException">Another service holds the folder, it cannot be written, or a newer program wrote it.</exception>
    public static Task<Journal> OpenAsync(string dataFolder, Clocks clocks, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        OpenAsync(dataFolder, clocks, loggers, new JournalOptions(), cancellationToken);

    internal static Task<Journal> OpenAsync(
        string dataFolder, Clocks clocks, ILoggerFactory loggers, JournalOptions options, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => new Journal(JournalParts.Open(dataFolder, clocks, loggers.CreateLogger<Journal>(), options)),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public Task CommitAsync(JournalWrite write, CancellationToken cancellationToken) =>
        _parts.Writer.WriteAsync(new PendingWrite { Write = write }, cancellationToken);

    public Task<IReadOnlyList<Job>> ReadJobsAsync(CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.Jobs, _ => { }, RowReaders.Document<Job>, cancellationToken);

    public async Task<Job?> ReadJobAsync(JobId job, CancellationToken cancellationToken) =>
        (await Reader.ListAsync(Queries.Job, q => q.Bind(1, job.Value), RowReaders.Document<Job>, cancellationToken)).SingleOrDefault();

    public Task<IReadOnlyList<Segment>> ReadSegmentsAsync(JobId job, CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.Segments, q => q.Bind(1, job.Value), RowReaders.Segment, cancellationToken);

    public Task<IReadOnlyList<StartIntent>> ReadIntentsAsync(JobId job, CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.Intents, q => q.Bind(1, job.Value), RowReaders.Document<StartIntent>, cancellationToken);

    public Task<IReadOnlyList<TriggerIntent>> ReadTriggersAsync(JobId job, CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.Triggers, q => q.Bind(1, job.Value), RowReaders.Document<TriggerIntent>, cancellationToken);

    public async Task<TriggerMemory?> ReadTriggerMemoryAsync(JobId job, CancellationToken cancellationToken) =>
        (await Reader.ListAsync(Queries.TriggerMemory, q => q.Bind(1, job.Value), RowReaders.TriggerMemory, cancellationToken)).SingleOrDefault();

    public Task<IReadOnlyList<TriggerMemory>> ReadOpenTriggerMemoriesAsync(CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.OpenTriggerMemories, _ => { }, RowReaders.TriggerMemory, cancellationToken);

    public Task<IReadOnlyList<StoredStepTime>> ReadStepTimesAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.StepTimes, q => Bind(q, job.Value, stream), RowReaders.StepTime, cancellationToken);

    public Task<IReadOnlyList<RecordRow>> ReadRecordsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken) =>
        Reader.ReadAsync(database => Read(database, _parts.Records, new StreamName(job, stream), firstSequence, max), cancellationToken);

    public Task<(long Count, long LastSequence)> CountRecordsAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        Task.FromResult(Count(_parts.Records.Index, new StreamName(job, stream)));

    public async Task<IReadOnlyList<CompanionRow>> ReadCompanionsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken)
    {
        IReadOnlyList<CompanionRow> rows =
            await Reader.ReadAsync(database => Read(database, _parts.Companions, new StreamName(job, stream), firstSequence, max), cancellationToken);
        return rows.Any(row => row.TestTimeSeconds is null) && (await ReadJobAsync(job, cancellationToken))?.StartedAtUtc is { } began
            ? [.. rows.Select(row => row with { TestTimeSeconds = row.TestTimeSeconds ?? (row.TakenAtUtc - began).TotalSeconds })]
            : rows;
    }

    public Task<(long Count, long LastSequence)> CountCompanionsAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        Task.FromResult(Count(_parts.Companions.Index, new StreamName(job, stream)));

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(JobId? job, long afterNumber, int max, CancellationToken cancellationToken) =>
        job is { } one
            ? Reader.ListAsync(Queries.EventsOfJob, q => Bind(q, afterNumber, one.Value, max), RowReaders.Event, cancellationToken)
            : Reader.ListAsync(Queries.Events, q => Bind(q, afterNumber, max), RowReaders.Event, cancellationToken);

    public Task<IReadOnlyList<Alarm>> ReadAlarmsAsync(bool includeOver, CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.Alarms, q => q.Bind(1, includeOver ? 1L : 0L), RowReaders.Document<Alarm>, cancellationToken);

    public Task<IReadOnlyList<Sample>> ReadSamplesAsync(string? name, CancellationToken cancellationToken) =>
        name is null
            ? Reader.ListAsync(Queries.Samples, _ => { }, RowReaders.Document<Sample>, cancellationToken)
            : Reader.ListAsync(Queries.SamplesByName, q => q.Bind(1, name), RowReaders.Document<Sample>, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterNumber, int max, CancellationToken cancellationToken) =>
        Reader.ListAsync(Queries.Audit, q => Bind(q, afterNumber, max), RowReaders.Audit, cancellationToken);

    public async Task<CommandAnswer?> ReadAnswerAsync(string key, CancellationToken cancellationToken) =>
        (await Reader.ListAsync(Queries.Answer, q => q.Bind(1, key), RowReaders.Answer, cancellationToken)).SingleOrDefault();

    public Task<IReadOnlyList<PositionedRow>> ReadTailAsync(long after, int max, CancellationToken cancellationToken) =>
        Reader.ReadAsync<IReadOnlyList<PositionedRow>>(
            database => _parts.Records.Reader.ReadAfter(database, after, max).ConvertAll(row => new PositionedRow(row.Position, row.Row)),
            cancellationToken);

    public Task<IReadOnlyList<PositionedCompanion>> ReadCompanionTailAsync(long after, int max, CancellationToken cancellationToken) =>
        Reader.ReadAsync<IReadOnlyList<PositionedCompanion>>(
            database => _parts.Companions.Reader.ReadAfter(database, after, max).ConvertAll(row => new PositionedCompanion(row.Position, row.Row)),
            cancellationToken);

    public Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_parts.Cursors[name]);

    public Task WriteCursorAsync(string name, long position, CancellationToken cancellationToken) =>
        _parts.Writer.WriteAsync(new PendingWrite { Cursor = new CursorMove(name, position) }, cancellationToken);

    public Task<long> CountPublishedAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        Task.FromResult(_parts.Records.Index.CountUpTo(new StreamName(job, stream), _parts.Cursors[JournalCursors.Publisher]));

    public Task<long> CountCompanionsPublishedAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        Task.FromResult(_parts.Companions.Index.CountUpTo(new StreamName(job, stream), _parts.Cursors[JournalCursors.CompanionPublisher]));

    /// <summary>Moves every stored row into its job's file now, for example before the files are copied away.</summary>
    public Task MoveAllAsync(CancellationToken cancellationToken) => _parts.MoveAllAsync(cancellationToken);

    /// <summary>Stores what has been given, then lets go of the folder.</summary>
    public ValueTask DisposeAsync() =>
        new(Task.Factory.StartNew(_parts.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Of an archived job only the last record of the cycler is here.</summary>
    /// <exception cref="JobArchivedException">The rows asked for are not.</exception>
    private IReadOnlyList<TRow> Read<TRow>(Database database, RowPart<TRow> part, StreamName name, long firstSequence, int max)
    {
        try
        {
            return part.Reader.Read(database, name, firstSequence, max);
        }
        catch (StorageException)
        {
            _parts.Book.RequireHere(name.Job);
            throw;
        }
    }

    /// <summary>Rows are numbered from 1 without gap, which every commit checks, so the last number is the count.</summary>
    private static (long Count, long LastSequence) Count(TailIndex index, StreamName name)
    {
        long last = index.Find(name)?.LastSequence ?? 0;
        return (last, last);
    }

    private static void Bind(Statement query, string first, string second)
    {
        query.Bind(1, first);
        query.Bind(2, second);
    }

    private static void Bind(Statement query, long first, long second)
    {
        query.Bind(1, first);
        query.Bind(2, second);
    }

    private static void Bind(Statement query, long first, string second, long third)
    {
        query.Bind(1, first);
        query.Bind(2, second);
        query.Bind(3, third);
    }
}
