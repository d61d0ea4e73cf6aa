using System.Text.Json;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>What one look at the device reads, and what it means.</summary>
internal sealed record ProfileMeasure
{
    public required IReadOnlyList<ProfileBlock> Blocks { get; init; }

    /// <summary>Names of points within the blocks.</summary>
    public required string Voltage { get; init; }

    public required string Current { get; init; }

    public required ProfileSign Sign { get; init; }

    public required ProfileBits Output { get; init; }

    public IReadOnlyList<ProfileAlarm> Alarms { get; init; } = [];
}

internal sealed record ProfileBlock
{
    public required PointTable Table { get; init; }

    public required ushort Address { get; init; }

    public required int Count { get; init; }
}

internal enum SignKind
{
    /// <summary>As it is read; positive charges.</summary>
    Signed,

    /// <summary>A magnitude that charges.</summary>
    Source,

    /// <summary>A magnitude that discharges.</summary>
    Sink,

    /// <summary>A magnitude that discharges where the bits of the point are set.</summary>
    Bit,
}

internal sealed record ProfileSign
{
    public required SignKind Kind { get; init; }

    public string? Point { get; init; }

    public uint Mask { get; init; }
}

/// <summary>True when one of the bits is set.</summary>
internal sealed record ProfileBits
{
    public required string Point { get; init; }

    public required uint Mask { get; init; }
}

internal sealed record ProfileAlarm
{
    public required string Point { get; init; }

    public uint? Mask { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("equals")]
    public double? Value { get; init; }

    public required string Text { get; init; }
}

/// <summary>Numbers, or names of points that are read at connect.</summary>
internal sealed record ProfileRanges
{
    public required JsonElement MaxVolts { get; init; }

    public required JsonElement MaxAmperes { get; init; }

    /// <summary>The point whose smallest step it is.</summary>
    public string? ResolutionOf { get; init; }

    public double? ResolutionAmperes { get; init; }
}
