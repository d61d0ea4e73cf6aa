using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Modbus;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.GasPanel;

/// <summary>Gas panels: valves on Modbus outputs, or turned by hand.</summary>
public sealed class GasPanelModule : IDriverModule
{
    public string Name => "GasPanel";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers)
    {
        GasPanelOptions options = GasPanelSettings.Read(setup);
        return options.Address is null
            ? new ManualPanelDevice(setup.Id, options)
            : new ValvePanelDevice(setup.Id, options, ModbusLines.OfProcess, setup.Connector, clocks, loggers.CreateLogger<ValvePanelDevice>());
    }
}
