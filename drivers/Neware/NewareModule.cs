using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Neware;

/// <summary>NEWARE cyclers behind a BTS 8.0 client.</summary>
public sealed class NewareModule : IDriverModule
{
    public string Name => "Neware";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) => new NewareDevice(
        setup.Id,
        NewareSettings.Read(setup),
        setup.Connector ?? new TcpConnector(clocks.Wall),
        clocks,
        loggers.CreateLogger<NewareDevice>(),
        setup.Simulated);

    public ChannelCapability CapabilityOf(DeviceSetup setup, string channel) => NewareCapability.Read(setup);
}
