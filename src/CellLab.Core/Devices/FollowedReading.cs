using CellLab.Core.Records;

namespace CellLab.Core.Devices;

/// <summary>News of one followed test. <paramref name="ResumeToken"/> belongs with these records: both are committed or neither.</summary>
/// <param name="StepTimes">Final step starts that became known with this turn; may concern records of earlier turns.</param>
/// <param name="Notes">What the instrument's own log or the driver's checks say: one sentence each for the job's events.</param>
/// <param name="More">More records wait: poll again at once.</param>
public sealed record FollowedReading(
    ChannelAddress Channel,
    FollowOutcome Outcome,
    IReadOnlyList<InstrumentRecord> Records,
    IReadOnlyList<StepTime> StepTimes,
    IReadOnlyList<string> Notes,
    string ResumeToken,
    bool More)
{
    /// <summary>Smallest step of the channel's current, A: what lies within a few of them tells nothing about the cell; 0 where it is not known.</summary>
    public double CurrentResolutionAmperes { get; init; }
}
