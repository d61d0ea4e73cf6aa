using CellLab.Drivers.Autolab;
using CellLab.Drivers.GasPanel;
using CellLab.Drivers.Land;
using CellLab.Drivers.MethodScript;
using CellLab.Drivers.ModbusCycler;
using CellLab.Drivers.Neware;
using CellLab.Drivers.PrismaPro;
using CellLab.Drivers.SmallSupply;
using CellLab.Drivers.SrsRga;
using CellLab.Drivers.XrdTrigger;

namespace CellLab.Drivers.Catalog;

/// <summary>The one table of drivers.</summary>
public static class DriverCatalog
{
    public static IReadOnlyList<IDriverModule> Modules { get; } =
    [
        new ModbusCyclerModule(),
        new NewareModule(),
        new SrsRgaModule(),
        new MethodScriptModule(),
        new AutolabModule(),
        new PrismaProModule(),
        new GasPanelModule(),
        new LandModule(),
        new XrdTriggerModule(),
        new SmallSupplyModule(),
    ];

    /// <exception cref="DeviceSetupException">No driver has this name; the message lists those that exist.</exception>
    public static IDriverModule Find(string name, string path) =>
        Modules.FirstOrDefault(m => m.Name == name)
        ?? throw new DeviceSetupException(
            [$"{path}: there is no driver '{name}'; expected one of {string.Join(", ", Modules.Select(m => m.Name))}"]);
}
