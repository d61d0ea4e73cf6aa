using CellLab.Core.Devices;
using CellLab.Core.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Catalog;

/// <summary>One family of instruments: makes a driver instance of a device's settings.</summary>
public interface IDriverModule
{
    /// <summary>The word in <c>devices[].driver</c>.</summary>
    string Name { get; }

    /// <summary>Checks all settings and makes the device; opens nothing.</summary>
    /// <exception cref="DeviceSetupException">Names every wrong setting by its path.</exception>
    IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers);

    /// <summary>What a channel of such a device can do, by its settings alone; wrong settings are passed over, <see cref="Create"/> names them.</summary>
    ChannelCapability CapabilityOf(DeviceSetup setup, string channel) => ChannelCapability.Unknown;
}
