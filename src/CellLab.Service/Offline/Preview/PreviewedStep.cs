namespace CellLab.Service.Offline.Preview;

/// <summary>One step of the program as the rehearsal saw it over all its passes. Durations are those of the first pass and of all together; the end is
/// the first pass's. <paramref name="CurrentMa"/> is null for steps that do not set a current.</summary>
public sealed record PreviewedStep(
    int Step,
    string Block,
    string Kind,
    double? CurrentMa,
    int Passes,
    double FirstDurationS,
    double TotalDurationS,
    string FirstEnd,
    double FirstEndV,
    long Records)
{
    /// <summary>False for a step of another instrument or a person of which nobody can tell how long it takes: its durations count as nothing.</summary>
    public bool DurationKnown { get; init; } = true;

    /// <summary>The current range that holds the current; null without a current, or when no range holds it.</summary>
    public double? RangeMa { get; init; }

    public double? CurrentErrorPercent { get; init; }

    public double? CeErrorPercent { get; init; }

    /// <summary>One of the two errors is above 0.5 %.</summary>
    public bool Doubtful { get; init; }

    /// <summary>How late a trigger on a measured value can be in this step, by its own record rule.</summary>
    public double TriggerLatencyS { get; init; }

    /// <summary>Charge that flows while a trigger is late, mAh/g; null without current or mass.</summary>
    public double? TriggerLatencyMahG { get; init; }
}
