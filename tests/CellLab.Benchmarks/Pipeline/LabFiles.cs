using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CellLab.Benchmarks.Pipeline;

/// <summary>The files of a <see cref="PipelineLab"/>: bench, configuration, protocol.</summary>
internal sealed record LabFiles(string Folder, int HttpPort, int MqttPort, IReadOnlyList<string> Pipelines)
{
    private const int ChannelsPerUnit = 8;
    private const int UnitsPerCabinet = 8;

    public string Bench => Path.Combine(Folder, "bench.json");

    public string State => Path.Combine(Folder, "state");

    public string Configuration => Path.Combine(Folder, "celllab.json");

    public string Data => Path.Combine(Folder, "data");

    /// <summary>BTS systems of up to 64 channels: eight units of eight.</summary>
    public static LabFiles Create(string folder, int channels)
    {
        var pipelines = new List<string>();
        var devices = new List<object>();
        for (int cabinet = 0; cabinet * UnitsPerCabinet * ChannelsPerUnit < channels; cabinet++)
        {
            devices.Add(Cabinet(cabinet, pipelines));
        }

        var files = new LabFiles(folder, FreePort.Next(), FreePort.Next(), pipelines);
        var bench = new { site = "benchmark", node = "acquisition", http_port = files.HttpPort, mqtt_port = files.MqttPort, devices };
        File.WriteAllText(files.Bench, JsonSerializer.Serialize(bench));
        return files;
    }

    /// <summary>A charge long enough to last through the measurement, stored every so many seconds.</summary>
    public static string Charge(double recordInterval) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"record":{"time_s":{{recordInterval}}},"method":[{"step":"constant_current","rate_C":0.1,"until_time_s":7200,"until_voltage_V":4.8}]}""");

    /// <summary>Cycles between 2.0 and 4.8 V for longer than anybody measures.</summary>
    public static string Cycling(double rate, double recordInterval, int cycles) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"record":{"time_s":{{recordInterval}}},"method":[{"step":"tag","tag":"life"},{"step":"constant_current","rate_C":{{rate}},"until_voltage_V":4.8},{"step":"constant_current","rate_C":{{-rate}},"until_voltage_V":2.0},{"step":"loop","loop_to":"life","cycle_count":{{cycles}}}]}""");

    public void SetPollInterval(double seconds)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(Configuration))!;
        foreach (JsonNode? device in root["devices"]!.AsArray())
        {
            device!["settings"]!["count_interval_s"] = seconds;
        }

        File.WriteAllText(Configuration, root.ToJsonString());
    }

    private static object Cabinet(int cabinet, List<string> pipelines)
    {
        var cells = new List<object>();
        for (int unit = 1; unit <= UnitsPerCabinet; unit++)
        {
            for (int channel = 1; channel <= ChannelsPerUnit; channel++)
            {
                string pipeline = $"p-{cabinet}-{unit}-{channel}";
                pipelines.Add(pipeline);
                cells.Add(new { channel = $"{21 + cabinet}-{unit}-{channel}", pipeline, material = unit % 2 == 0 ? "LMNO" : "LMNPO-VO", spread = true });
            }
        }

        return new
        {
            id = $"cycler{cabinet + 1}",
            driver = "Neware",
            user = "admin",
            password = "neware",
            time_zone = "Europe/Berlin",
            units = "A",
            client_year = 2024,
            step_file_folder_on_bts = @"C:\CellLab\steps",
            cabinets = new[] { new { devtype = 27, devid = 21 + cabinet, units = UnitsPerCabinet, channels_per_unit = ChannelsPerUnit } },
            cells,
        };
    }
}
