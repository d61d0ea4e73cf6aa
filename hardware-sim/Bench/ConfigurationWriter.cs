using System.Text.Json;
using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.GasPanel;

namespace CellLab.HardwareSim.Bench;

/// <summary>Writes the service configuration that fits a running bench.</summary>
internal static class ConfigurationWriter
{
    private const double PascalsPerTorr = 133.322;

    /// <summary>Mean delay of the two lags of the gas path, cell and line.</summary>
    private const double LinesSeconds = 180;

    private static readonly int[] s_masses = [18, 28, 32, 36, 44];

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
                gas = p.FirstOrDefault(role => role.Gas is not null)?.Gas is { } line ? Gas(line, instruments.OfType<PanelInstrument>().FirstOrDefault(panel => panel.Cell == p.Key)) : null,
            }),
            devices = instruments.Select(i => i.ConfigurationEntry),
        };
        Write(path, configuration);
    }

    /// <summary>What the line's mass spectrometer measures: the gases of the model, argon by its isotope. The flow stands with the panel where there is one.</summary>
    private static object Gas(GasLine line, PanelInstrument? panel) => new
    {
        masses = s_masses, interval_s = 30, chamber_pa = IonSource.ChamberTorr * PascalsPerTorr, panel = panel?.Id,
        carrier = panel is not null ? null : new { flow_ml_min = line.FlowMlMin, reference_c = line.ReferenceC, reference_kpa = 101.325, uncertainty = 0.01 },
        transit_delay_s = 0, mixing_time_s = LinesSeconds,
    };

    private static void Write(string path, object configuration)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = full + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(configuration, BenchJson.Written));
        File.Move(temporary, full, overwrite: true);
    }
}
