using System.Net;
using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.ModbusCycler;
using CellLab.Transport.Listeners;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.GasPanel;

/// <summary>A gas panel on the bench: a Modbus TCP output module that turns the valves of a line.</summary>
internal sealed class PanelInstrument : IBenchInstrument
{
    private readonly PanelBenchDevice _device;
    private readonly BenchContext _bench;
    private readonly GasPath _path;
    private readonly SocketListener _listener;

    private PanelInstrument(PanelBenchDevice device, BenchContext bench, GasPath path, SocketListener listener)
    {
        (_device, _bench, _path, _listener) = (device, bench, path, listener);
        ILogger logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.GasPanel");
        Log.Listening(logger, device.Id, listener.Address, 1);
    }

    public string Id => _device.Id;

    /// <summary>The pipeline whose line it is on.</summary>
    public string Cell => _device.Cell;

    public IReadOnlyList<string> Channels { get; } = ["valves"];

    public IReadOnlyList<string> Faults { get; } = [.. FaultGroups.Modbus, FaultNames.StuckValve, FaultNames.AirLeak];

    public IReadOnlyList<PipelineEntry> Pipelines => [];

    public object ConfigurationEntry => new
    {
        id = Id,
        driver = "GasPanel",
        simulated = true,
        connection = new { kind = "tcp", host = _listener.Address.Host, port = _listener.Address.Port, unit = _device.Unit },
        settings = new
        {
            flow_ml_min = _device.FlowMlMin, flow_reference_c = _device.FlowReferenceC, flow_reference_kpa = 101.325, flow_uncertainty = 0.01,
            reply_timeout_s = 10,
        },
    };

    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        PanelBenchDevice device = bench.File.Part<PanelBenchDevice>(element, at);
        if (!IPAddress.TryParse(device.Host, out IPAddress? host))
        {
            throw bench.File.Wrong($"{at}.host", $"'{device.Host}' is not an IP address");
        }

        if (device.Unit is < 0 or > 247)
        {
            throw bench.File.Wrong($"{at}.unit", $"expected 0 to 247, found {device.Unit}");
        }

        GasPath path = GasPathFactory.Create(bench, at, device.Id, device.Cell, device.FlowMlMin, device.FlowReferenceC);
        return new PanelInstrument(device, bench, path, SocketListener.Tcp(host, device.Port));
    }

    public Task RunAsync(CancellationToken cancellationToken)
    {
        var unit = new PanelUnit(_path, _bench.Clock, _bench.Faults, Id);
        var faults = new ModbusFaults(_bench.Faults, Id, _bench.Wall);
        return new ModbusServer(
            _listener, ModbusFraming.Tcp, asked => asked == _device.Unit ? faults.Refusing(unit) : null, _bench.Wall, faults).RunAsync(cancellationToken);
    }

    public void Advance() => _path.Advance(_bench.Clock.SecondsNow);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
