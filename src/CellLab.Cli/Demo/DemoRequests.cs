using System.Text.Json.Nodes;

namespace CellLab.Cli.Demo;

/// <summary>What the demo asks of the service.</summary>
internal static class DemoRequests
{
    public static JsonObject Sample(DemoJob job) => new()
    {
        ["name"] = job.Sample,
        ["active_mass"] = "2.00mg",
        ["capacity"] = "250mAh/g",
        ["diameter"] = "10mm",
        ["holder"] = job.Holder,
        ["group"] = "demo",
        ["material"] = job.Material,
    };
}
