namespace CellLab.Core.Devices;

/// <summary>A read-only health check.</summary>
public interface IProbe
{
    Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>What a probe found.</summary>
/// <param name="Clock">The instrument's clock against ours, or why that cannot be told.</param>
/// <param name="Findings">One sentence each: what is wrong or open, wiring hints, and the noise or why it cannot be told.</param>
public sealed record ProbeReport(
    DeviceIdentity Identity,
    IReadOnlyList<ChannelStatus> Channels,
    ClockReading Clock,
    IReadOnlyList<string> Findings);
