using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Triggers;
using CellLab.Service.Rest.Observing;
using CellLab.Service.Telemetry;

namespace CellLab.Service.Hosting;

/// <summary>A journal whose commits are timed (wall time, as the caller waits).</summary>
internal sealed class MeasuredJournal(IJournal inner, CommitMeter meter, TimeProvider wall) : IJournal
{
    public event Action<CommittedRows> RowsCommitted
    {
        add => inner.RowsCommitted += value;
        remove => inner.RowsCommitted -= value;
    }

    public event Action<IReadOnlyList<CompanionRow>> CompanionsCommitted
    {
        add => inner.CompanionsCommitted += value;
        remove => inner.CompanionsCommitted -= value;
    }

    public event Action<IReadOnlyList<JobEvent>> EventsCommitted
    {
        add => inner.EventsCommitted += value;
        remove => inner.EventsCommitted -= value;
    }

    public long LastPosition => inner.LastPosition;

    public async Task CommitAsync(JournalWrite write, CancellationToken cancellationToken)
    {
        long began = wall.GetTimestamp();
        DateTimeOffset beganAt = wall.GetUtcNow();
        try
        {
            await inner.CommitAsync(write, cancellationToken);
        }
        catch (StorageException failure)
        {
            meter.Failed();
            ServiceTracing.Committed(beganAt, wall.GetElapsedTime(began), write.Records.Count, failure.Message);
            throw;
        }

        TimeSpan took = wall.GetElapsedTime(began);
        meter.Took(took);
        ServiceTracing.Committed(beganAt, took, write.Records.Count, failure: null);
    }

    public Task<IReadOnlyList<Job>> ReadJobsAsync(CancellationToken cancellationToken) => inner.ReadJobsAsync(cancellationToken);

    public Task<Job?> ReadJobAsync(JobId job, CancellationToken cancellationToken) => inner.ReadJobAsync(job, cancellationToken);

    public Task<IReadOnlyList<Segment>> ReadSegmentsAsync(JobId job, CancellationToken cancellationToken) =>
        inner.ReadSegmentsAsync(job, cancellationToken);

    public Task<IReadOnlyList<StartIntent>> ReadIntentsAsync(JobId job, CancellationToken cancellationToken) =>
        inner.ReadIntentsAsync(job, cancellationToken);

    public Task<IReadOnlyList<TriggerIntent>> ReadTriggersAsync(JobId job, CancellationToken cancellationToken) => inner.ReadTriggersAsync(job, cancellationToken);

    public Task<TriggerMemory?> ReadTriggerMemoryAsync(JobId job, CancellationToken cancellationToken) => inner.ReadTriggerMemoryAsync(job, cancellationToken);

    public Task<IReadOnlyList<TriggerMemory>> ReadOpenTriggerMemoriesAsync(CancellationToken cancellationToken) =>
        inner.ReadOpenTriggerMemoriesAsync(cancellationToken);

    public Task<IReadOnlyList<StoredStepTime>> ReadStepTimesAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        inner.ReadStepTimesAsync(job, stream, cancellationToken);

    public Task<IReadOnlyList<RecordRow>> ReadRecordsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken) =>
        inner.ReadRecordsAsync(job, stream, firstSequence, max, cancellationToken);

    public Task<(long Count, long LastSequence)> CountRecordsAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        inner.CountRecordsAsync(job, stream, cancellationToken);

    public Task<IReadOnlyList<CompanionRow>> ReadCompanionsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken) =>
        inner.ReadCompanionsAsync(job, stream, firstSequence, max, cancellationToken);

    public Task<(long Count, long LastSequence)> CountCompanionsAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        inner.CountCompanionsAsync(job, stream, cancellationToken);

    public Task<IReadOnlyList<PositionedCompanion>> ReadCompanionTailAsync(long after, int max, CancellationToken cancellationToken) =>
        inner.ReadCompanionTailAsync(after, max, cancellationToken);

    public Task<long> CountCompanionsPublishedAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        inner.CountCompanionsPublishedAsync(job, stream, cancellationToken);

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(JobId? job, long afterNumber, int max, CancellationToken cancellationToken) =>
        inner.ReadEventsAsync(job, afterNumber, max, cancellationToken);

    public Task<IReadOnlyList<Alarm>> ReadAlarmsAsync(bool includeOver, CancellationToken cancellationToken) =>
        inner.ReadAlarmsAsync(includeOver, cancellationToken);

    public Task<IReadOnlyList<Sample>> ReadSamplesAsync(string? name, CancellationToken cancellationToken) =>
        inner.ReadSamplesAsync(name, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterNumber, int max, CancellationToken cancellationToken) =>
        inner.ReadAuditAsync(afterNumber, max, cancellationToken);

    public Task<CommandAnswer?> ReadAnswerAsync(string key, CancellationToken cancellationToken) => inner.ReadAnswerAsync(key, cancellationToken);

    public Task<IReadOnlyList<PositionedRow>> ReadTailAsync(long after, int max, CancellationToken cancellationToken) =>
        inner.ReadTailAsync(after, max, cancellationToken);

    public Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken) => inner.ReadCursorAsync(name, cancellationToken);

    public Task WriteCursorAsync(string name, long position, CancellationToken cancellationToken) =>
        inner.WriteCursorAsync(name, position, cancellationToken);

    public Task<long> CountPublishedAsync(JobId job, string stream, CancellationToken cancellationToken) =>
        inner.CountPublishedAsync(job, stream, cancellationToken);
}
