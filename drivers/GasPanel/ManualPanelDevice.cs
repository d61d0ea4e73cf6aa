using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;

namespace CellLab.Drivers.GasPanel;

/// <summary>A panel whose valves a person turns. It knows what was confirmed last.</summary>
public sealed class ManualPanelDevice(DeviceId id, GasPanelOptions options) : IDevice, IGasPanel
{
    private GasPanelStatus _status = new(null, "nobody has confirmed a route yet", null, null);

    public DeviceId Id { get; } = id;

    public bool TurnedByHand => true;

    public CarrierFlow Carrier => options.Carrier;

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(new DeviceIdentity("gas panel, turned by hand", null, null));

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<GasPanelStatus> InspectAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref _status));

    public Task SwitchAsync(GasRoute route, CancellationToken cancellationToken) => Volatile.Read(ref _status).Route == route
        ? Task.CompletedTask
        : Task.FromException(new DeviceFaultException(FaultKind.Rejected, Id, $"the valves are turned by hand. {TaskFor(route)}"));

    public string TaskFor(GasRoute route) => GasRoutes.Task(route);

    public void Confirm(GasRoute route, string who, DateTimeOffset at) =>
        Volatile.Write(ref _status, new GasPanelStatus(route, $"confirmed by {who}", at, who));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
