using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.Time;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>A head on the bench: behind its Ethernet adapter, on a plain TCP device server, or on a serial line (pseudo-terminal).</summary>
internal sealed class RgaInstrument : IBenchInstrument
{
    private const string Channel = "gas";

    /// <summary>Of the head's RS-232 port; a pseudo-terminal takes any.</summary>
    private const int Baud = 28800;

    private readonly RgaBenchDevice _device;
    private readonly RgaSimSettings _settings;
    private readonly BenchContext _bench;
    private readonly GasPath _path;
    private readonly RgaHeadModel _head;
    private readonly IConnectionListener _listener;
    private readonly MeasuringLeash _leash;

    public RgaInstrument(RgaBenchDevice device, RgaSimSettings settings, BenchContext bench, GasPath path, IonSource ions, IConnectionListener listener)
    {
        _device = device;
        _settings = settings;
        _bench = bench;
        _path = path;
        _head = new RgaHeadModel(settings, ions);
        _listener = listener;
        _leash = new MeasuringLeash(bench.Clock, bench.Wall);
        Logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.SrsRga");
        Log.Listening(Logger, device.Id, listener.Address, 1);
    }

    public string Id => _device.Id;

    public ILogger Logger { get; }

    public IReadOnlyList<string> Channels => [Channel];

    public IReadOnlyList<string> Faults { get; } =
    [
        .. FaultGroups.Stream, FaultNames.HalfWord, FaultNames.SurplusBytes, FaultNames.LineFeedOnly, FaultNames.StuckWord, FaultNames.HeadRestart,
        .. FaultGroups.MassSpectrometer,
    ];

    public IReadOnlyList<PipelineEntry> Pipelines => _device.Cell is { } cell && _bench.Cells.Find(cell) is not null
        ? [new PipelineEntry(cell, "", "ms", $"{Id}.{Channel}") { Gas = new GasLine(_device.FlowMlMin, _device.FlowReferenceC) }]
        : [];

    public object ConfigurationEntry => new
    {
        id = Id,
        driver = "SrsRga",
        simulated = true,
        connection = _listener.Address.Scheme == "serial"
            ? (object)new { kind = "serial", path = _listener.Address.LocalPath, baud = Baud }
            : new { kind = "tcp", host = _listener.Address.Host, port = _listener.Address.Port, user = _settings.User, password = _settings.User is null ? null : _settings.Password },
        settings = new { multiplier_v = _settings.Multiplier ? 1400 : 0, reply_margin_s = 10, quiet_s = 0.1 },
    };

    public Task RunAsync(CancellationToken cancellationToken) => new RgaServer(this, _listener).RunAsync(cancellationToken);

    public async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        bool welcome = _settings.User is null || await new RgaAdapter(_settings, connection).LogInAsync(cancellationToken);
        if (welcome)
        {
            await new RgaLine(_head, connection, _bench.Faults, Id, new LabPace(_bench.Clock, _bench.Wall), _leash, _bench.Wall).RunAsync(cancellationToken);
        }
    }

    public void Advance()
    {
        _path.Advance(_bench.Clock.SecondsNow);
        _leash.Advance();
    }

    public ValueTask DisposeAsync()
    {
        _leash.Dispose();
        return _listener.DisposeAsync();
    }
}
