using CellLab.Core.Devices;
using CellLab.Engine.Desk;

namespace CellLab.Service.Rest.Bench;

internal sealed record DeviceList(IReadOnlyList<DeviceBody> Devices);

internal sealed record ChannelList(IReadOnlyList<ChannelBody> Channels);

/// <param name="PollIntervalS">Lab time between two readings of its channels; null where it is not read at an interval.</param>
internal sealed record DeviceBody(
    string Id, string Driver, bool Simulated, DeviceState State, IdentityBody? Identity, string? LastError, IReadOnlyList<ChannelBody> Channels,
    double? PollIntervalS)
{
    public static DeviceBody Of(DeviceView device) => new(
        device.Id.Value, device.Driver, device.Simulated, device.State, IdentityBody.Of(device.Identity), device.LastError,
        [.. device.Channels.Select(ChannelBody.Of)], device.PollInterval?.TotalSeconds);
}

internal sealed record IdentityBody(string? Model, string? Serial, string? Firmware)
{
    public static IdentityBody? Of(DeviceIdentity? identity) =>
        identity is null ? null : new IdentityBody(identity.Model, identity.Serial, identity.Firmware);
}

/// <summary>A channel as last read; <paramref name="StateText"/> is the instrument's own word.</summary>
internal sealed record ChannelBody(
    string Channel, ChannelState State, string StateText, double? VoltageV, double? CurrentA, string? DeviceTestId, string? Barcode, int? StepId,
    string? Job, DateTimeOffset ReadUtc, DateTimeOffset? LastRecordUtc)
{
    public static ChannelBody Of(ChannelView channel) => Of(channel.Status) with
    {
        Job = channel.Job?.Value,
        LastRecordUtc = channel.LastRecordAtUtc,
    };

    public static ChannelBody Of(ChannelStatus status) => new(
        status.Channel.ToString(), status.State, status.StateText, status.VoltageVolts, status.CurrentAmperes, status.TestId, status.Barcode,
        status.StepId, null, status.ReadAtUtc, null);
}

/// <param name="ClockSource">Whose clock it is and how it was read; where there is no offset, why.</param>
internal sealed record ProbeBody(
    IdentityBody? Identity, IReadOnlyList<ChannelBody> Channels, double? ClockOffsetS, IReadOnlyList<string> Findings, double? ClockUncertaintyS, string ClockSource)
{
    public static ProbeBody Of(ProbeReport report) => new(
        IdentityBody.Of(report.Identity), [.. report.Channels.Select(ChannelBody.Of)], report.Clock.Offset?.Offset.TotalSeconds, report.Findings,
        report.Clock.Offset?.Uncertainty.TotalSeconds, report.Clock.Source);
}
