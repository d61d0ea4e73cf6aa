using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Modbus;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>Supplies and loads that speak Modbus, by register map.</summary>
public sealed class ModbusCyclerModule : IDriverModule
{
    public string Name => "ModbusCycler";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) => new ModbusCyclerDevice(
        setup.Id, ModbusCyclerSettings.Read(setup), ModbusLines.OfProcess, setup.Connector, clocks, loggers.CreateLogger<ModbusCyclerDevice>(), setup.Simulated);

    public ChannelCapability CapabilityOf(DeviceSetup setup, string channel) => ModbusCyclerCapability.Read(setup);
}
