using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Triggers;

namespace CellLab.Core.Storage;

/// <summary>The durable journal: one writer, group commit. Reads see what has been committed, whether it still lies in the tail or has
/// been moved to the job's own file.</summary>
public interface IJournal
{
    /// <summary>Returns when the write is on the disk. Writes of several callers share a commit.</summary>
    /// <exception cref="StorageException">The disk is full or broken: nothing of this write is stored.</exception>
    Task CommitAsync(JournalWrite write, CancellationToken cancellationToken);

    /// <summary>Position of the last committed record row; 0 when there is none.</summary>
    long LastPosition { get; }

    /// <summary>Told after each commit that held record rows, in order, from the writer: (position of the first row, rows). Must return at once.</summary>
    event Action<CommittedRows> RowsCommitted;

    /// <summary>Told after each commit that held rows of instruments beside the cycler, in order, from the writer. Must return at once.</summary>
    event Action<IReadOnlyList<CompanionRow>> CompanionsCommitted;

    /// <summary>Told after each commit that held events.</summary>
    event Action<IReadOnlyList<JobEvent>> EventsCommitted;

    Task<IReadOnlyList<Job>> ReadJobsAsync(CancellationToken cancellationToken);
    Task<Job?> ReadJobAsync(JobId job, CancellationToken cancellationToken);
    Task<IReadOnlyList<Segment>> ReadSegmentsAsync(JobId job, CancellationToken cancellationToken);
    Task<IReadOnlyList<StartIntent>> ReadIntentsAsync(JobId job, CancellationToken cancellationToken);
    /// <summary>All triggers of a job in order.</summary>
    Task<IReadOnlyList<TriggerIntent>> ReadTriggersAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>What the trigger rules of a job remember; null before the first trigger.</summary>
    Task<TriggerMemory?> ReadTriggerMemoryAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>What the trigger rules remember of jobs whose patterns are not all recorded.</summary>
    Task<IReadOnlyList<TriggerMemory>> ReadOpenTriggerMemoriesAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredStepTime>> ReadStepTimesAsync(JobId job, string stream, CancellationToken cancellationToken);

    /// <summary>Rows with firstSequence &lt;= sequence, in order, at most max.</summary>
    Task<IReadOnlyList<RecordRow>> ReadRecordsAsync(JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken);

    /// <summary>Number of stored rows of the stream and its highest sequence number.</summary>
    Task<(long Count, long LastSequence)> CountRecordsAsync(JobId job, string stream, CancellationToken cancellationToken);

    /// <summary>Rows of an instrument beside the cycler: the same promise.</summary>
    Task<IReadOnlyList<CompanionRow>> ReadCompanionsAsync(JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken);

    Task<(long Count, long LastSequence)> CountCompanionsAsync(JobId job, string stream, CancellationToken cancellationToken);

    Task<IReadOnlyList<JobEvent>> ReadEventsAsync(JobId? job, long afterNumber, int max, CancellationToken cancellationToken);
    Task<IReadOnlyList<Alarm>> ReadAlarmsAsync(bool includeOver, CancellationToken cancellationToken);
    /// <summary>All versions of all samples, or of one.</summary>
    Task<IReadOnlyList<Sample>> ReadSamplesAsync(string? name, CancellationToken cancellationToken);
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterNumber, int max, CancellationToken cancellationToken);
    Task<CommandAnswer?> ReadAnswerAsync(string key, CancellationToken cancellationToken);

    /// <summary>Rows by journal position, for the publisher when it is behind: position &gt; after, in order, at most max.</summary>
    Task<IReadOnlyList<PositionedRow>> ReadTailAsync(long after, int max, CancellationToken cancellationToken);

    /// <summary>A named durable cursor (for example <c>publisher</c>); 0 when never set. Rows are kept in the tail until the publisher has passed them.</summary>
    Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken);
    Task WriteCursorAsync(string name, long position, CancellationToken cancellationToken);

    /// <summary>Number of rows of a job that lie at or before the publisher's cursor.</summary>
    Task<long> CountPublishedAsync(JobId job, string stream, CancellationToken cancellationToken);

    /// <summary>Rows of instruments beside the cycler by their own positions: position &gt; after, in order, at most max.</summary>
    Task<IReadOnlyList<PositionedCompanion>> ReadCompanionTailAsync(long after, int max, CancellationToken cancellationToken);

    /// <summary>Number of a stream's rows that lie at or before the companion publisher's cursor.</summary>
    Task<long> CountCompanionsPublishedAsync(JobId job, string stream, CancellationToken cancellationToken);
}

public sealed record CommittedRows(long FirstPosition, IReadOnlyList<RecordRow> Rows);

public readonly record struct PositionedRow(long Position, RecordRow Row);

public readonly record struct PositionedCompanion(long Position, CompanionRow Row);
