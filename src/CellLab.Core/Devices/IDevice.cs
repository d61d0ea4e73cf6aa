using System.Diagnostics.CodeAnalysis;

namespace CellLab.Core.Devices;

/// <summary>What every instrument can do. A driver is one sealed class that implements this and the capabilities it has.</summary>
public interface IDevice : IAsyncDisposable
{
    DeviceId Id { get; }

    /// <summary>Opens the connection (closing an old one first) and says who answers. May be called again at any time.</summary>
    /// <exception cref="DeviceFaultException">Unreachable, Protocol, Rejected (log-in) or Configuration (channels that do not exist).</exception>
    Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken);

    bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class;
}
