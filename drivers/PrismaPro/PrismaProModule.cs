using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.PrismaPro;

/// <summary>Pfeiffer Vacuum PrismaPro QMG 250.</summary>
public sealed class PrismaProModule : IDriverModule
{
    public string Name => "PrismaPro";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) => new PrismaProDevice(
        setup.Id,
        PrismaProSettings.Read(setup),
        setup.Connector ?? new TcpConnector(clocks.Wall),
        clocks,
        loggers.CreateLogger<PrismaProDevice>(),
        setup.Simulated);
}
