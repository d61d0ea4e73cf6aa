using CellLab.Core.Units;

namespace CellLab.Core.Jobs;

/// <summary>A protocol on a sample in a pipeline. Times are lab time. The sample's figures are those it had at submit; later amendments
/// are versions of the sample, not of the job.</summary>
public sealed record Job
{
    public required JobId Id { get; init; }
    public required string Sample { get; init; }
    public required int SampleVersion { get; init; }
    public required string Pipeline { get; init; }
    public required string ProtocolName { get; init; }
    /// <summary>The protocol as it was submitted, byte for byte.</summary>
    public required string ProtocolText { get; init; }
    /// <summary>The values that its parameters were given; null when it ran with its defaults.</summary>
    public IReadOnlyDictionary<string, string>? ProtocolSettings { get; init; }
    public required CRateBase Base { get; init; }
    public required Programs.CellProgram Program { get; init; }
    public required DateTimeOffset SubmittedAtUtc { get; init; }
    public required string SubmittedBy { get; init; }
    public Samples.LeadingDirection Leading { get; init; } = Samples.LeadingDirection.Charge;
    /// <summary>Of the active material as assembled; null where the sample does not tell it.</summary>
    public string? Formula { get; init; }
    public string? AcceptOcvReason { get; init; }
    /// <summary>Not started before this lab time; null: as soon as the channel is free.</summary>
    public DateTimeOffset? NotBeforeUtc { get; init; }
    /// <summary>The job that stood before this one on the channel when it was submitted; null when the channel was free.</summary>
    public JobId? Behind { get; init; }
    /// <summary>A busy channel does not refuse it: it takes the next place there. Asked at submit only, not stored.</summary>
    public bool MayQueue { get; init; }
    /// <summary>Where it runs when that is not the cycler of its pipeline (it was continued elsewhere).</summary>
    public Devices.ChannelAddress? Channel { get; init; }
    public JobState State { get; init; } = JobState.Queued;
    /// <summary>One sentence: why the job is in this state, what it waits for.</summary>
    public string StateReason { get; init; } = "";
    public JobVerdict? Verdict { get; init; }
    public DateTimeOffset? StartedAtUtc { get; init; }
    public DateTimeOffset? EndedAtUtc { get; init; }
}
