using CellLab.Core.Devices;

namespace CellLab.Core.Jobs;

/// <summary>One program run on one channel under one instrument test id. <see cref="ResumeToken"/> and <see cref="LastSequence"/> are committed
/// with the records they account for.</summary>
public sealed record Segment
{
    public required JobId Job { get; init; }
    public required int Index { get; init; }
    public required ChannelAddress Channel { get; init; }
    public required string Barcode { get; init; }
    public required string TestId { get; init; }
    public required DateTimeOffset StartedAtUtc { get; init; }
    public DateTimeOffset? EndedAtUtc { get; init; }
    public string? ResumeToken { get; init; }
    /// <summary>The Engine's own bookkeeping (cycle count, limits) after the last stored record; written and read by the Engine alone.</summary>
    public string? EngineToken { get; init; }
    /// <summary>Sequence number of the last stored record of the job's stream; 0 before the first.</summary>
    public long LastSequence { get; init; }
    /// <summary>Added to the segment's own time to give the job's test time.</summary>
    public double TestTimeOffsetSeconds { get; init; }
}
