using CellLab.Core.Documents;

namespace CellLab.Service.Offline.Preview;

/// <summary>What a program will do, played with the machine that would step it on a computed cell. <paramref name="Estimate"/> says in words what the
/// numbers rest on; voltages are the lowest and highest on the way.</summary>
public sealed record ProtocolPreview(
    string Estimate,
    double DurationS,
    double HighestV,
    double LowestV,
    double PeakCurrentMa,
    long Records,
    long Bytes,
    string? StoppedBy,
    IReadOnlyList<PreviewedStep> Steps,
    IReadOnlyList<PreviewedCycle> Cycles)
{
    /// <summary>What the service watches beside the instrument; null where the protocol has none.</summary>
    public PreviewedLimits? Limits { get; init; }

    /// <summary>No known cell was played: the numbers come from capacity and currents alone.</summary>
    public bool PlainEstimate { get; init; }

    public DateTimeOffset StartsUtc { get; init; }

    public DateTimeOffset EndsUtc { get; init; }

    public IReadOnlyList<PreviewedBlock> Blocks { get; init; } = [];

    public PreviewedChannel Channel { get; init; } = new(null, [], true);

    public required TriggerLatency Trigger { get; init; }

    /// <summary>The parts in which the channel runs the program, in order; one for a program that it runs alone from end to end.</summary>
    public IReadOnlyList<PreviewedSegment> Segments { get; init; } = [];

    /// <summary>Steps that another instrument or a person does; empty for what a cycler runs alone.</summary>
    public IReadOnlyList<PreviewedOther> OtherInstruments { get; init; } = [];

    /// <summary>The executed steps one by one, the first 2000.</summary>
    public IReadOnlyList<PreviewedExecution> Executed { get; init; } = [];

    public IReadOnlyList<Finding> Warnings { get; init; } = [];

    /// <summary>Voltage over time, at most 1440 stretches.</summary>
    public IReadOnlyList<TracePoint> Voltage { get; init; } = [];
}
