using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>Starts patterns on a diffractometer: over a contact, a helper program, Aeris, or a line of a serial port.</summary>
public sealed class XrdTriggerModule : IDriverModule
{
    public string Name => "XrdTrigger";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers)
    {
        XrdTriggerOptions options = XrdTriggerSettings.Read(setup);
        return new XrdTriggerDevice(
            setup.Id, options, TriggerWires.Create(options, setup.Connector, clocks), clocks, loggers.CreateLogger<XrdTriggerDevice>(), setup.Simulated);
    }
}
