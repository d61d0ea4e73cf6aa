using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Core.Devices;

namespace CellLab.Drivers.Land.Following;

/// <summary>Where following one test stands; the resume token is this as compact JSON with its own short names, version 1.</summary>
internal sealed record LandFollowState
{
    private const int PresentVersion = 1;

    [JsonPropertyName("v")] public int Version { get; set; } = PresentVersion;

    /// <summary>Name of the file that is read.</summary>
    [JsonPropertyName("f")] public string? File { get; set; }

    /// <summary>Offset of the block that is looked at next; 0 before the first. <see cref="Taken"/> of its records have been handed on.</summary>
    [JsonPropertyName("o")] public long Offset { get; set; }

    [JsonPropertyName("k")] public int Taken { get; set; }

    /// <summary>Bytes of a record in this file; 0 while that is not known.</summary>
    [JsonPropertyName("l")] public int RecordBytes { get; set; }

    /// <summary>Number of the last record handed on.</summary>
    [JsonPropertyName("n")] public long LastRecord { get; set; }

    [JsonPropertyName("sc")] public int StepCount { get; set; }

    /// <summary>As the tester numbers it.</summary>
    [JsonPropertyName("si")] public uint Step { get; set; }

    [JsonPropertyName("md")] public uint Mode { get; set; }

    [JsonPropertyName("cy")] public uint Cycle { get; set; }

    /// <summary>Test time at which the step began.</summary>
    [JsonPropertyName("ss")] public double StepStartSeconds { get; set; }

    [JsonPropertyName("se")] public double StepSeconds { get; set; }

    [JsonPropertyName("ah")] public double StepAmpereHours { get; set; }

    [JsonPropertyName("wh")] public double StepWattHours { get; set; }

    [JsonPropertyName("fr")] public long FirstRecordOfStep { get; set; }

    /// <summary>Of the step's last record.</summary>
    [JsonPropertyName("vo")] public double Volts { get; set; }

    [JsonPropertyName("am")] public double Amperes { get; set; }

    [JsonPropertyName("t0")] public long? StartTicks { get; set; }

    /// <summary>What has been noted once.</summary>
    [JsonPropertyName("to")] public LandTold Told { get; set; }

    public string Write() => JsonSerializer.Serialize(this, LandTokenContext.Default.LandFollowState);

    /// <exception cref="DeviceFaultException">The token is not one of this driver: the journal was damaged or belongs to another driver.</exception>
    public static LandFollowState Read(string? text, ChannelAddress channel)
    {
        try
        {
            LandFollowState? state = text is null ? new LandFollowState() : JsonSerializer.Deserialize(text, LandTokenContext.Default.LandFollowState);
            return state is { Version: PresentVersion } ? state : throw Broken(channel, null);
        }
        catch (JsonException error)
        {
            throw Broken(channel, error);
        }
    }

    private static DeviceFaultException Broken(ChannelAddress channel, Exception? inner) => new(
        FaultKind.Configuration, channel.Device, $"{channel}: the stored resume token is not one of the LAND driver", inner);
}

/// <summary>Notes that are made once a test.</summary>
[Flags]
internal enum LandTold
{
    None = 0,
    Absent = 1,
    Unreadable = 2,
    UnknownBlock = 4,
    Over = 8,
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(LandFollowState))]
internal sealed partial class LandTokenContext : JsonSerializerContext;
