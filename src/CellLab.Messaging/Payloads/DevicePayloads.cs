using System.Text.Json.Serialization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Messaging.Payloads;

public sealed record DeviceStatePayload(
    string Device, string Driver, bool Simulated, string State, string? Model, string? Serial, string? Firmware, string? LastError) : IPayload
{
    public static string SchemaName => "celllab/device-state/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static DeviceStatePayload Of(
        DeviceId device, string driver, bool simulated, DeviceState state, DeviceIdentity? identity, string? lastError) =>
        new(device.Value, driver, simulated, state.ToString(), identity?.Model, identity?.Serial, identity?.Firmware, lastError);
}

/// <param name="StateText">The instrument's own word.</param>
/// <param name="TUtc">When the state was read, lab time.</param>
public sealed record ChannelStatePayload(
    string Channel, string State, string StateText, double? VoltageV, double? CurrentA, string? TestId, string? Barcode, int? StepId,
    string? Job, DateTimeOffset TUtc, DateTimeOffset? LastRecordUtc) : IPayload
{
    public static string SchemaName => "celllab/channel-state/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static ChannelStatePayload Of(ChannelStatus status, JobId? job, DateTimeOffset? lastRecordAtUtc) => new(
        status.Channel.ToString(), status.State.ToString(), status.StateText, status.VoltageVolts, status.CurrentAmperes,
        status.TestId, status.Barcode, status.StepId, job?.Value, status.ReadAtUtc, lastRecordAtUtc);
}
