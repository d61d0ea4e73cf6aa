using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>A portable recipe as a person wrote it: rates may be relative, loops go by name or entry number. Quantities are SI, currents
/// positive when they charge. Entries are numbered from 1, tags included.</summary>
public sealed record Protocol
{
    /// <summary>Name of the file without folder and extension.</summary>
    public required string Name { get; init; }
    public required string File { get; init; }
    /// <summary>Null where the file has only the placeholder for a sample that is named later.</summary>
    public string? SampleName { get; init; }
    /// <summary>What 1C draws for one hour, where the file says so.</summary>
    public double? CapacityAmpereHours { get; init; }
    /// <summary>What one gram takes for 1C for one hour, where the file says so.</summary>
    public double? SpecificCapacityMilliampereHoursPerGram { get; init; }
    /// <summary>Where the test itself measures what 1C is; null where it is known from the start.</summary>
    public MeasuredIn? MeasuredIn { get; init; }
    public string? Description { get; init; }
    public required RecordRule Record { get; init; }
    /// <summary>Nobody stated a record rule: it is chosen anew once the currents are known.</summary>
    public bool RecordIsDefault { get; init; }
    /// <summary>Parts of the text could not be read: what is missing is no finding.</summary>
    internal bool IsPartial { get; init; }

    public ProtocolLimits Limits { get; init; } = new();
    /// <summary>What of the whole test only an instrument of one kind understands.</summary>
    public InstrumentPart? InstrumentPart { get; init; }
    public required IReadOnlyList<ProtocolStep> Steps { get; init; }
}
