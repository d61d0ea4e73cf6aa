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
    /// <summary>Kind of the step (<c>impedance_spectroscopy</c>, <c>operator_task</c>, ...) where another instrument or a person does it; null for the cycler.
    /// <see cref="Channel"/> is then that of the step's role, and <see cref="ResumeToken"/> the Engine's own.</summary>
    public string? Stage { get; init; }
    /// <summary>By the instrument's corrected clock once the first record is here, before that when the start was confirmed.</summary>
    public required DateTimeOffset StartedAtUtc { get; init; }
    /// <summary>When the instrument had confirmed the start, lab time.</summary>
    public DateTimeOffset? ConfirmedAtUtc { get; init; }
    public DateTimeOffset? EndedAtUtc { get; init; }
    public string? ResumeToken { get; init; }
    /// <summary>The Engine's own bookkeeping (cycle count, limits) after the last stored record; written and read by the Engine alone.</summary>
    public string? EngineToken { get; init; }
    /// <summary>Sequence number of the last stored record of the job's stream; 0 before the first.</summary>
    public long LastSequence { get; init; }
    /// <summary>Added to the segment's own time to give the job's test time.</summary>
    public double TestTimeOffsetSeconds { get; init; }
    /// <summary>What the instrument runs where that is not the job's whole program.</summary>
    public Programs.CellProgram? Program { get; init; }
    /// <summary>For step k of <see cref="Program"/>, at index k - 1, its number in the job's program; null when they are the same.</summary>
    public IReadOnlyList<int>? StepNumbers { get; init; }
    /// <summary>Place in the job's program (<see cref="Programs.ProgramWalk.Place"/>) of the segment's first executed step.</summary>
    public long FirstPlace { get; init; }
    /// <summary>The place after its last step, when no loop is left early; null: the end of the job's program.</summary>
    public long? EndPlace { get; init; }
    /// <summary>Executed steps of the job before this segment; those of the segment count on from there.</summary>
    public int StepsBefore { get; init; }
    /// <summary>Where the job goes on after a segment that ended as planned; null while it runs, and when it was cut: then what is left of the
    /// step it had reached comes next.</summary>
    public long? NextPlace { get; init; }
}
