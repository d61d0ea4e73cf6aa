namespace CellLab.Core.Devices;

/// <summary>A read-only health check.</summary>
public interface IProbe
{
    Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>What a probe found. <paramref name="ClockOffsetSeconds"/> = instrument clock minus ours; null when it cannot be told.</summary>
public sealed record ProbeReport(
    DeviceIdentity Identity,
    IReadOnlyList<ChannelStatus> Channels,
    double? ClockOffsetSeconds,
    IReadOnlyList<string> Findings);
