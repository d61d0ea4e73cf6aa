using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Triggers;

namespace CellLab.Core.Storage;

/// <summary>Everything that becomes durable in one transaction, or not at all. Rows with a key replace the row of that key (jobs, segments,
/// intents, triggers, alarms); the others are added.</summary>
public sealed record JournalWrite
{
    public IReadOnlyList<RecordRow> Records { get; init; } = [];
    /// <summary>Rows of instruments beside the cycler, numbered by the caller like records.</summary>
    public IReadOnlyList<CompanionRow> Companions { get; init; } = [];
    public IReadOnlyList<Job> Jobs { get; init; } = [];
    public IReadOnlyList<Segment> Segments { get; init; } = [];
    public IReadOnlyList<StartIntent> Intents { get; init; } = [];
    public IReadOnlyList<TriggerIntent> Triggers { get; init; } = [];
    public IReadOnlyList<TriggerMemory> TriggerMemories { get; init; } = [];
    public IReadOnlyList<StoredStepTime> StepTimes { get; init; } = [];
    public IReadOnlyList<JobEvent> Events { get; init; } = [];
    public IReadOnlyList<Alarm> Alarms { get; init; } = [];
    public IReadOnlyList<Sample> Samples { get; init; } = [];
    public IReadOnlyList<AuditEntry> Audit { get; init; } = [];
    /// <summary>Answers to commands by idempotency key, so that a repeated request gets the first answer.</summary>
    public IReadOnlyList<CommandAnswer> Answers { get; init; } = [];
}

/// <summary>A final step start of a job's segment.</summary>
public sealed record StoredStepTime(JobId Job, string Stream, int Segment, StepTime Step);

public sealed record CommandAnswer(string Key, int StatusCode, string BodyJson);
