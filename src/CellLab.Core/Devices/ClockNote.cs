using System.Text.Json.Serialization;

namespace CellLab.Core.Devices;

/// <summary>An instrument's clock against lab time, as it is kept with a job: in the event <c>clock</c>, in the job and in each pattern record. Data is never shifted by it.</summary>
/// <param name="Device">The instrument.</param>
/// <param name="OffsetSeconds">Instrument less lab time; null where it is not known, <paramref name="Source"/> says why.</param>
/// <param name="UncertaintySeconds">Half the round trip and what the clock is rounded to.</param>
/// <param name="MeasuredAtUtc">Lab time.</param>
public sealed record ClockNote(
    [property: JsonPropertyName("device")] string Device,
    [property: JsonPropertyName("offset_s")] double? OffsetSeconds,
    [property: JsonPropertyName("uncertainty_s")] double? UncertaintySeconds,
    [property: JsonPropertyName("measured_utc")] DateTimeOffset? MeasuredAtUtc,
    [property: JsonPropertyName("source")] string Source)
{
    /// <summary>Kind of the event that keeps it.</summary>
    public const string EventKind = "clock";

    public static ClockNote Of(DeviceId device, ClockReading reading) => new(
        device.Value, reading.Offset?.Offset.TotalSeconds, reading.Offset?.Uncertainty.TotalSeconds, reading.Offset?.MeasuredAtUtc, reading.Source);

    /// <summary>The two differ by more than they are uncertain together, or one of them is not known.</summary>
    public bool HasMovedTo(ClockNote later) =>
        OffsetSeconds is not { } before || later.OffsetSeconds is not { } after ? OffsetSeconds is null != later.OffsetSeconds is null
        : Math.Abs(after - before) > (UncertaintySeconds ?? 0) + (later.UncertaintySeconds ?? 0);
}
