using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Core.Devices;

namespace CellLab.Drivers.Neware.Following;

/// <summary>The resume token: <see cref="FollowState"/> as compact JSON with its own short names, version 1.</summary>
internal static class FollowToken
{
    private const int Version = 1;

    public static string Write(FollowState state) => JsonSerializer.Serialize(
        new Token
        {
            Version = Version,
            LastRecord = state.LastRecord,
            StepCount = state.StepCount,
            StepId = state.StepId,
            CycleId = state.CycleId,
            LastStepSeconds = state.LastStepSeconds,
            StepStartSeconds = state.StepStartSeconds,
            Provisional = state.Provisional,
            StartTicks = state.StartByPcUtc?.UtcTicks,
            OffsetSeconds = state.OffsetSeconds,
            Paused = state.Paused,
            PausedSince = state.PausedSinceLastRecord,
            UnitsChecked = state.UnitsChecked,
            UnitsUndecided = state.UnitsUndecided,
            Open = [.. state.OpenSteps.SelectMany(s => new[] { s.Count, s.StepId, s.FirstRecord })],
            LayerTicks = state.StepLayerReadAtUtc?.UtcTicks,
            LayerCycle = state.StepLayerCycle,
            WaitingTold = state.WaitingTold,
        },
        TokenContext.Default.Token);

    /// <exception cref="DeviceFaultException">The token is not one of this driver: the journal was damaged or belongs to another driver.</exception>
    public static FollowState Read(string? text, ChannelAddress channel)
    {
        if (text is null)
        {
            return new FollowState();
        }

        try
        {
            Token? token = JsonSerializer.Deserialize(text, TokenContext.Default.Token);
            if (token is { Version: Version } && token.Open.Length % 3 == 0)
            {
                return ToState(token);
            }
        }
        catch (Exception error) when (error is JsonException or ArgumentOutOfRangeException)
        {
            throw Broken(channel, error);
        }

        throw Broken(channel, null);
    }

    private static FollowState ToState(Token token) => new()
    {
        LastRecord = token.LastRecord,
        StepCount = token.StepCount,
        StepId = token.StepId,
        CycleId = token.CycleId,
        LastStepSeconds = token.LastStepSeconds,
        StepStartSeconds = token.StepStartSeconds,
        Provisional = token.Provisional,
        StartByPcUtc = ToTime(token.StartTicks),
        OffsetSeconds = token.OffsetSeconds,
        Paused = token.Paused,
        PausedSinceLastRecord = token.PausedSince,
        UnitsChecked = token.UnitsChecked,
        UnitsUndecided = token.UnitsUndecided,
        OpenSteps = [.. token.Open.Chunk(3).Select(s => new OpenStep((int)s[0], (int)s[1], s[2]))],
        StepLayerReadAtUtc = ToTime(token.LayerTicks),
        StepLayerCycle = token.LayerCycle,
        WaitingTold = token.WaitingTold,
    };

    private static DateTimeOffset? ToTime(long? ticks) => ticks is null ? null : new DateTimeOffset(ticks.Value, TimeSpan.Zero);

    private static DeviceFaultException Broken(ChannelAddress channel, Exception? inner) => new(
        FaultKind.Protocol, channel.Device, $"{channel}: the stored resume token is not one of the NEWARE driver", inner);
}

/// <summary>The token's members by their stored names.</summary>
internal sealed class Token
{
    [JsonPropertyName("v")] public int Version { get; set; }

    [JsonPropertyName("n")] public long LastRecord { get; set; }

    [JsonPropertyName("sc")] public int StepCount { get; set; }

    [JsonPropertyName("si")] public int StepId { get; set; }

    [JsonPropertyName("cy")] public int CycleId { get; set; }

    [JsonPropertyName("ls")] public double LastStepSeconds { get; set; }

    [JsonPropertyName("ss")] public double StepStartSeconds { get; set; }

    [JsonPropertyName("pr")] public bool Provisional { get; set; }

    [JsonPropertyName("t0")] public long? StartTicks { get; set; }

    [JsonPropertyName("of")] public double? OffsetSeconds { get; set; }

    [JsonPropertyName("pa")] public bool Paused { get; set; }

    [JsonPropertyName("ps")] public bool PausedSince { get; set; }

    [JsonPropertyName("uc")] public bool UnitsChecked { get; set; }

    [JsonPropertyName("uu")] public bool UnitsUndecided { get; set; }

    [JsonPropertyName("op")] public long[] Open { get; set; } = [];

    [JsonPropertyName("lt")] public long? LayerTicks { get; set; }

    [JsonPropertyName("lc")] public int LayerCycle { get; set; }

    [JsonPropertyName("wt")] public bool WaitingTold { get; set; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Token))]
internal sealed partial class TokenContext : JsonSerializerContext;
