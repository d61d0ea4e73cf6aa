using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.ModbusCycler;
using CellLab.HardwareSim.Xrd.ComPort;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Xrd;

/// <summary>A diffractometer on the bench: behind an output module, a helper program, the interface of an Aeris, or a serial port.</summary>
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
    private int _portInUse;

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
            : new { kind = IsSerialLine ? "rfc2217" : "tcp", host = _listener.Address.Host, port = _listener.Address.Port, unit = IsModule ? _device.Unit : (int?)null },
        settings = new
        {
            ready_input = IsModule ? 0 : (int?)null,
            busy_input = IsModule ? 1 : (int?)null,
            line = IsSerialLine ? _device.Line : null,
            busy_line = IsSerialLine ? "cts" : null,
            application = _device.Wire == "aeris" ? "in-situ" : null,
            reply_timeout_s = 10,
            pattern_folder = _diffractometer.Folder,
            displacement_offset_deg = _device.DisplacementDegrees == 0 ? (double?)null : _device.DisplacementDegrees, // what its user has measured
        },
    };

    private bool IsSerialLine => _device.Wire == "serial-line";

    private bool IsModule => ModuleLayout.Of(_device.Wire) is not null;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (ModuleLayout.Of(_device.Wire) is not ModuleLayout layout)
        {
            return _listener.ServeAllAsync(ServeAsync, reason => Log.ClientGone(_logger, Id, reason), cancellationToken);
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

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        using var answers = new TextAnswers(connection, _bench.Faults, Id, _bench.Wall);
        await (_device.Wire switch
        {
            "aeris" => new AerisSession(_shelf, _diffractometer, connection, answers).RunAsync(cancellationToken),
            "serial-line" => ServePortAsync(connection, answers, cancellationToken),
            _ => new HelperSession(_helper, _diffractometer, _bench.Clock, _bench.Wall, connection, answers).RunAsync(cancellationToken),
        });
    }

    /// <summary>A port has one client; the next one is told in plain text, as device servers do.</summary>
    private async Task ServePortAsync(IConnection connection, TextAnswers answers, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _portInUse, 1) == 1)
        {
            await connection.Stream.WriteAsync("Port already in use\r\n"u8.ToArray(), cancellationToken);
            return;
        }

        try
        {
            using var session = new ComPortSession(_diffractometer, _device.Line == "dtr", _bench.Wall, connection, answers);
            await session.RunAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _portInUse, 0); // before the connection is seen to end: who comes at once is let in
        }
    }
}
