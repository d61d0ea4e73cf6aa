using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.ModbusCycler;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Xrd;

/// <summary>A diffractometer on the bench: behind an output module, a helper program, or the interface of an Aeris.</summary>
internal sealed class DiffractometerInstrument : IBenchInstrument
{
    private const string Channel = "trigger";

    private readonly DiffractometerBenchDevice _device;
    private readonly BenchContext _bench;
    private readonly Diffractometer _diffractometer;
    private readonly IConnectionListener _listener;
    private readonly ILogger _logger;
    private readonly HelperMemory _helper = new();
    private readonly AerisShelf _shelf = new();

    public DiffractometerInstrument(DiffractometerBenchDevice device, BenchContext bench, Diffractometer diffractometer, IConnectionListener listener)
    {
        (_device, _bench, _diffractometer, _listener) = (device, bench, diffractometer, listener);
        _logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.Xrd");
        Log.Listening(_logger, device.Id, listener.Address, 1);
    }

    public string Id => _device.Id;

    public IReadOnlyList<string> Channels => [Channel];

    public IReadOnlyList<string> Faults =>
    [
        .. IsModule ? [.. FaultGroups.Modbus, FaultNames.StuckContact] : FaultGroups.Wire,
        FaultNames.NeverBusy, FaultNames.StuckBusy, FaultNames.MissedPulse, FaultNames.LateBusy,
    ];

    public IReadOnlyList<PipelineEntry> Pipelines => _device.Cell is { } cell && _bench.Cells.Find(cell) is not null
        ? [new PipelineEntry(cell, "", "xrd", $"{Id}.{Channel}")]
        : [];

    public object ConfigurationEntry => new
    {
        id = Id,
        driver = "XrdTrigger",
        profile = _device.Wire,
        simulated = true,
        connection = _listener.Address.Scheme == "serial"
            ? (object)new { kind = "serial", path = _listener.Address.LocalPath, unit = _device.Unit }
            : new { kind = "tcp", host = _listener.Address.Host, port = _listener.Address.Port, unit = IsModule ? _device.Unit : (int?)null },
        settings = new
        {
            ready_input = IsModule ? 0 : (int?)null,
            busy_input = IsModule ? 1 : (int?)null,
            application = _device.Wire == "aeris" ? "in-situ" : null,
            reply_timeout_s = 10,
            pattern_folder = _diffractometer.Folder,
            displacement_offset_deg = _device.DisplacementDegrees == 0 ? (double?)null : _device.DisplacementDegrees, // what its user has measured
        },
    };

    private bool IsModule => ModuleLayout.Of(_device.Wire) is not null;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (ModuleLayout.Of(_device.Wire) is not ModuleLayout layout)
        {
            return ListenAsync(cancellationToken);
        }

        var unit = new TriggerModuleUnit(layout, _diffractometer, _bench.Faults, Id, _bench.Wall);
        var faults = new ModbusFaults(_bench.Faults, Id, _bench.Wall);
        return new ModbusServer(
            _listener, ModbusFraming.ByAddress, asked => asked == _device.Unit ? faults.Refusing(unit) : null, _bench.Wall, faults).RunAsync(cancellationToken);
    }

    public void Advance() => _diffractometer.Advance();

    public ValueTask DisposeAsync()
    {
        _diffractometer.Dispose();
        return _listener.DisposeAsync();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var sessions = new HashSet<Task>();
        try
        {
            while (true)
            {
                IConnection connection = await _listener.AcceptAsync(cancellationToken);
                sessions.RemoveWhere(task => task.IsCompleted);
                sessions.Add(ServeAsync(connection, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using (connection)
        {
            using var answers = new TextAnswers(connection, _bench.Faults, Id, _bench.Wall);
            try
            {
                await (_device.Wire == "aeris"
                    ? new AerisSession(_shelf, _diffractometer, connection, answers).RunAsync(cancellationToken)
                    : new HelperSession(_helper, _diffractometer, _bench.Clock, _bench.Wall, connection, answers).RunAsync(cancellationToken));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                Log.ClientGone(_logger, Id, e.Message);
            }
        }
    }
}
