namespace CellLab.Service.Offline.Preview;

/// <summary>What a program will do, played with the machine that would step it on a computed cell. <paramref name="Estimate"/> says in words what the
/// numbers rest on.</summary>
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
    IReadOnlyList<PreviewedCycle> Cycles);
