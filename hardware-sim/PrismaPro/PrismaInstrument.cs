using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Gas;
using CellLab.Transport.Listeners;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>A PrismaPro on the bench: the instrument and its web server.</summary>
internal sealed class PrismaInstrument : IBenchInstrument
{
    private const string Channel = "gas";

    private readonly PrismaBenchDevice _device;
    private readonly BenchContext _bench;
    private readonly GasPath _path;
    private readonly PrismaHead _head;
    private readonly SocketListener _listener;
    private readonly ILogger _logger;

    public PrismaInstrument(PrismaBenchDevice device, BenchContext bench, GasPath path, PrismaHead head, SocketListener listener)
    {
        _device = device;
        _bench = bench;
        _path = path;
        _head = head;
        _listener = listener;
        _logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.PrismaPro");
        Log.Listening(_logger, device.Id, listener.Address, 1);
    }

    public string Id => _device.Id;

    public IReadOnlyList<string> Channels => [Channel];

    public IReadOnlyList<string> Faults { get; } =
    [
        .. FaultGroups.Stream, FaultNames.ServerError, FaultNames.Chunked, FaultNames.ControlTaken, FaultNames.NotANumber,
        .. FaultGroups.MassSpectrometer,
    ];

    public IReadOnlyList<PipelineEntry> Pipelines => _device.Cell is { } cell && _bench.Cells.Find(cell) is not null
        ? [new PipelineEntry(cell, "", "ms", $"{Id}.{Channel}") { Gas = new GasLine(_device.FlowMlMin, _device.FlowReferenceC) }]
        : [];

    public object ConfigurationEntry => new
    {
        id = Id,
        driver = "PrismaPro",
        simulated = true,
        connection = new { kind = "tcp", host = _listener.Address.Host, port = _listener.Address.Port },
        settings = new { highest_pressure_pa = 0.005 }, // the chamber of the bench is at 1.3 mPa
    };

    public Task RunAsync(CancellationToken cancellationToken) =>
        new PrismaServer(_device.Id, _head, _listener, _bench.Faults, _bench.Wall, _logger).RunAsync(cancellationToken);

    public void Advance()
    {
        _path.Advance(_bench.Clock.SecondsNow);
        _head.Advance();
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
