using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Land;

/// <summary>LAND (Landt) cyclers, followed by the data files that the vendor's monitor program writes.</summary>
public sealed class LandModule : IDriverModule
{
    public string Name => "Land";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) =>
        new LandDevice(setup.Id, LandSettings.Read(setup), clocks, loggers.CreateLogger<LandDevice>(), setup.Simulated);

    public ChannelCapability CapabilityOf(DeviceSetup setup, string channel) => LandSettings.Plate(new SettingsReader(setup.Settings, []));
}
