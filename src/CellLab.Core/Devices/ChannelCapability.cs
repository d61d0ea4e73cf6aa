namespace CellLab.Core.Devices;

/// <summary>What a channel can do, as its settings and its driver tell it. A member that is null or empty is not known, and nothing is checked
/// by it.</summary>
public sealed record ChannelCapability
{
    public static ChannelCapability Unknown { get; } = new();

    /// <summary>Rising, A.</summary>
    public IReadOnlyList<double> CurrentRangesAmperes { get; init; } = [];

    public double? MaxVolts { get; init; }

    public double? MinVolts { get; init; }

    /// <summary>Kinds of step that it runs, by the names of <see cref="Protocols.StepNames"/>.</summary>
    public IReadOnlyList<string> StepKinds { get; init; } = [];

    /// <summary>The instrument's own program format that it takes, conditions and protections of single steps included (<see cref="Programs.InstrumentPart"/>);
    /// null for a channel that takes none.</summary>
    public string? ProgramFormat { get; init; }

    /// <summary>How often new records are fetched, lab time: what they may be late by beside their own interval.</summary>
    public TimeSpan? RecordPollInterval { get; init; }

    /// <summary>The service steps programs on it; else the instrument runs them alone.</summary>
    public bool SteppedByService { get; init; }

    /// <summary>It measures impedance spectra itself (a potentiostat with an analyser).</summary>
    public bool MeasuresImpedance { get; init; }

    public double? MaxAmperes => CurrentRangesAmperes.Count > 0 ? CurrentRangesAmperes[^1] : null;
}
