using System.Text.Json;

namespace CellLab.HardwareSim.Bench;

/// <summary>Writes the service configuration that fits a running bench.</summary>
internal static class ConfigurationWriter
{
    public static void Write(string path, BenchDocument document, BenchRunOptions options, IReadOnlyList<IBenchInstrument> instruments)
    {
        var configuration = new
        {
            site = document.Site,
            http = new { url = $"http://127.0.0.1:{options.HttpPort ?? document.HttpPort}" },
            mqtt = new { host = "127.0.0.1", port = options.MqttPort ?? document.MqttPort },
            node = document.Node,
            pipelines = instruments.SelectMany(i => i.Pipelines).GroupBy(p => p.Id).Select(p => new
            {
                id = p.Key,
                holder = p.First().Holder, // that of the instrument that drives the cell, which comes first
                roles = p.ToDictionary(role => role.Role, role => role.Address),
            }),
            devices = instruments.Select(i => i.ConfigurationEntry),
        };
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = full + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(configuration, BenchJson.Written));
        File.Move(temporary, full, overwrite: true);
    }
}
