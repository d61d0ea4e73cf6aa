using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SrsRga;

/// <summary>Stanford Research Systems RGA100, RGA200 and RGA300.</summary>
public sealed class SrsRgaModule : IDriverModule
{
    public string Name => "SrsRga";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) => new SrsRgaDevice(
        setup.Id,
        SrsRgaSettings.Read(setup),
        setup.Connector ?? new WireConnector(clocks.Wall),
        clocks,
        loggers.CreateLogger<SrsRgaDevice>(),
        setup.Simulated);
}
