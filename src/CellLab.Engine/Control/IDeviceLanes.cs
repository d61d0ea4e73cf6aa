using CellLab.Core.Devices;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>The devices' tasks, for work that begins without a person.</summary>
internal interface IDeviceLanes
{
    /// <summary>Set when the Engine ends.</summary>
    CancellationToken Stopping { get; }

    /// <exception cref="DeviceFaultException">Unreachable at once when the device is not connected.</exception>
    Task RunAsync(DeviceId device, Func<IDevice, CancellationToken, Task> action);

    /// <summary>Null when it is not configured.</summary>
    DeviceSupervisor? Find(DeviceId device);
}
