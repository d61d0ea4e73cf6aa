using System.Text.Json.Serialization;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>A register map as its file says it (config/schemas/modbus-profile.schema.json): everything that the driver knows of a model.</summary>
internal sealed record ModbusProfile
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>False: nothing is ever written.</summary>
    public bool Confirmed { get; init; }

    public string MapSource { get; init; } = "";

    public ProfileRole Role { get; init; }

    /// <summary>Names of two other maps instead of one's own.</summary>
    public ProfilePair? Composite { get; init; }

    public ProfileTransport? Transport { get; init; }

    public ProfileIdentity Identity { get; init; } = new();

    public ProfileModelCheck? ModelCheck { get; init; }

    public IReadOnlyDictionary<string, ProfilePoint> Points { get; init; } = new Dictionary<string, ProfilePoint>();

    public ProfileRanges? Ranges { get; init; }

    public ProfileMeasure? Measure { get; init; }

    public ProfileSequences Sequences { get; init; } = new();

    public ProfileWatchdog? Watchdog { get; init; }

    public bool Sources => Role is ProfileRole.Source or ProfileRole.Both;

    public bool Sinks => Role is ProfileRole.Sink or ProfileRole.Both;
}

internal enum ProfileRole { Both, Source, Sink }

internal sealed record ProfilePair
{
    public required string Source { get; init; }

    public required string Sink { get; init; }
}

/// <summary>Names of points that say who answers.</summary>
internal sealed record ProfileIdentity
{
    public string? Model { get; init; }

    public string? Serial { get; init; }

    public string? Firmware { get; init; }
}

/// <summary>What the point must read, so that a map is never used on another model.</summary>
internal sealed record ProfileModelCheck
{
    public required string Point { get; init; }

    public IReadOnlyList<string> StartsWith { get; init; } = [];

    public IReadOnlyList<double> Values { get; init; } = [];
}

/// <summary>A point that the driver must write again and again, else the device opens its output by itself.</summary>
internal sealed record ProfileWatchdog
{
    public required string Point { get; init; }

    public required ushort Raw { get; init; }

    public required double Seconds { get; init; }
}
