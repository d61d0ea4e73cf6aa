using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.Recordings;

/// <summary>What <c>celllab device record</c> wrote of every driver that has a wire, played back: the driver still sends the same bytes and still
/// understands the answers. A driver that sends something else on purpose gets a new recording.</summary>
[Trait("Suite", "Broad")]
public sealed class RecordingReplayTests
{
    [Theory]
    [InlineData("neware", "Neware", """{ "step_file_folder": "steps", "step_file_folder_on_bts": "steps", "time_zone": "UTC", "units": "A" }""", "NEWARE BTS 8.0", "cycler.21-1-1", 3.0995)]
    [InlineData("modbus-cycler", "ModbusCycler", "{}", "PSB 60-60", "cycler.1", null)]
    [InlineData("srs-rga", "SrsRga", """{ "multiplier_v": 1400 }""", "SRS RGA200", "cycler.gas", null)]
    [InlineData("prismapro", "PrismaPro", "{}", "Pfeiffer PrismaPro QMG 250", "cycler.gas", null)]
    [InlineData("methodscript", "MethodScript", """{ "model": "EmStat4-HR" }""", "EmStat4-HR (es4_hr)", "cycler.1", 3.1)]
    [InlineData("autolab", "Autolab", """{ "hardware_setup": "HardwareSetup.FRA32M.xml", "adk": "Adk.x" }""", "PGSTAT302N with FRA32M", "cycler.1", 3.1)]
    [InlineData("gas-panel", "GasPanel", """{ "flow_ml_min": 1, "flow_reference_c": 0, "flow_reference_kpa": 101.325, "flow_uncertainty": 0.01 }""", "gas panel on a Modbus output module", "cycler.valves", null)]
    [InlineData("xrd-trigger", "XrdTrigger", """{ "ready_input": 0, "busy_input": 1 }""", "Waveshare Modbus RTU Relay and POE ETH Relay, 8 relays, models (B) and (D) with 8 inputs", "cycler.trigger", null)]
    public async Task A_recorded_probe_gives_the_same_report(string recording, string driver, string settings, string model, string channel, double? volts)
    {
        await using IDevice device = Create(recording, driver, settings);
        await device.ConnectAsync(default);
        Assert.True(device.TryGet<IProbe>(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(default);

        Assert.Equal(model, report.Identity.Model);
        Assert.Equal(channel, report.Channels[0].Channel.ToString());
        Assert.True(volts is null || Math.Abs(report.Channels[0].VoltageVolts!.Value - volts.Value) < 1e-3, $"{report.Channels[0].VoltageVolts}");
    }

    [Fact]
    public void Every_driver_with_a_wire_has_its_recording()
    {
        string[] recorded = [.. Directory.EnumerateFiles(Folder, "*.wire").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(["autolab", "gas-panel", "methodscript", "modbus-cycler", "neware", "prismapro", "srs-rga", "xrd-trigger"], recorded);
    }

    private static readonly JsonSerializerOptions s_withoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Drivers", "Recordings");

    private static IDevice Create(string recording, string driver, string settings)
    {
        IReadOnlyList<WireEntry> entries = WireRecording.Read(Path.Combine(Folder, recording + ".wire"));
        var address = new Uri(entries.First(entry => entry.Event == WireEvent.Opened).Address);
        string? user = driver is "Neware" or "SrsRga" ? "admin" : null;
        var connection = new { kind = "tcp", host = address.Host, port = address.Port, user, password = driver == "Neware" ? "neware" : user };
        var device = new { id = "cycler", driver, simulated = true, profile = driver switch { "ModbusCycler" => "ea-psb", "XrdTrigger" => "waveshare-relay", _ => null }, connection, settings = JsonNode.Parse(settings) };
        string json = JsonSerializer.Serialize(new { device }, s_withoutNulls);
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).Build();
        DeviceSetup setup = DeviceSetup.From(configuration.GetSection("device")) with { Connector = new ReplayConnector(entries) };
        return DriverCatalog.Find(driver, "device.driver").Create(setup, Clocks.RealTime, NullLoggerFactory.Instance);
    }
}
