using System.Text.Json.Nodes;

namespace CellLab.Cli.Demo;

/// <summary>What the demo asks of the service.</summary>
internal static class DemoRequests
{
    public static JsonObject Sample(DemoCell cell) => new()
    {
        ["name"] = cell.Sample,
        ["active_mass_mg"] = DemoCell.ActiveMassMilligrams,
        ["nominal_capacity_mah_g"] = DemoCell.NominalCapacityMilliampereHoursPerGram,
        ["diameter_mm"] = 10,
        ["group"] = "demo",
    };
}
