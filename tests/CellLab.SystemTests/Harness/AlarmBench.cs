using System.Text.Json.Nodes;

namespace CellLab.SystemTests.Harness;

/// <summary>A bench with one cell for each source of alarms, rules that all of its jobs break, and who is told.</summary>
internal static class AlarmBench
{
    /// <summary>Pipelines on channels 21-1-1 and on, in this order.</summary>
    public static IReadOnlyList<string> Pipelines { get; } = ["gas", "xrd", "life", "limit", "protect", "silent"];

    public static string ChannelOf(string pipeline) => $"21-1-{Pipelines.ToList().IndexOf(pipeline) + 1}";

    public static string Text()
    {
        JsonNode bench = JsonNode.Parse(File.ReadAllText(Path.Combine(App.Root, "config", "benches", "demo.json")))!;
        JsonArray devices = bench["devices"]!.AsArray();
        JsonNode second = devices[0]!.DeepClone();
        (second["id"], second["cells"]) = ("cycler2", new JsonArray());
        bench["cells"] = new JsonArray([.. Pipelines.Select(name => (JsonNode)new JsonObject { ["name"] = name, ["material"] = "LMNO" })]);
        devices[0]!["cells"] = new JsonArray([.. Pipelines.Select(name => (JsonNode)new JsonObject
        {
            ["channel"] = ChannelOf(name), ["pipeline"] = name, ["cell"] = name, ["holder"] = name switch { "gas" => "dems-flow", "xrd" => "xrd-window", _ => "coin" },
        })]);
        devices.Add(second); // no job is on it
        devices.Add(new JsonObject { ["id"] = "panel1", ["driver"] = "GasPanel", ["cell"] = "gas" });
        devices.Add(new JsonObject { ["id"] = "rga1", ["driver"] = "SrsRga", ["wire"] = "adapter", ["model"] = 200, ["serial_number"] = 10021, ["cell"] = "gas" });
        devices.Add(new JsonObject { ["id"] = "xrd1", ["driver"] = "XrdTrigger", ["wire"] = "waveshare-relay", ["cell"] = "xrd" });
        return bench.ToJsonString();
    }

    /// <summary>No disk is that large, no cycle that efficient, no job that long; the ion current is that of air in the line.</summary>
    public static JsonNode Rules() => JsonNode.Parse("""
        {
          "disk_free_gb": 1000000, "forecast_end_h": 8760,
          "coulombic_efficiency": { "below_percent": 200, "from_cycle": 1, "cycles": 1 },
          "capacity_retention": { "below_percent": 200, "from_cycle": 1, "cycles": 1 },
          "ion_currents": [ { "mz": 28, "above_a": 7e-11, "delay_s": 30 }, { "mz": 32, "above_a": 2e-11, "delay_s": 30, "severity": "critical" } ]
        }
        """)!;

    public static JsonNode Notify(Uri hook, int mailPort) => new JsonObject
    {
        ["warning_delay_s"] = 0,
        ["messages_per_hour"] = 1000,
        ["targets"] = new JsonArray(
            new JsonObject { ["name"] = "hook", ["webhook"] = new JsonObject { ["url"] = hook.ToString() } },
            new JsonObject
            {
                ["name"] = "post",
                ["mail"] = new JsonObject
                {
                    ["host"] = "127.0.0.1", ["port"] = mailPort, ["security"] = "none", ["from"] = "lab@example.org", ["to"] = new JsonArray("ada@example.org"),
                },
            }),
    };
}
