using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Autolab;

/// <summary>An Autolab on the bench: the instrument, the real bridge program with a stand-in for the vendor's library, and the cable to it.</summary>
internal sealed class AutolabInstrument : IBenchInstrument
{
    private readonly AutolabBenchDevice _device;
    private readonly Pgstat _pgstat;
    private readonly SdkFiles _files;
    private readonly IConnectionListener _usb;
    private readonly IConnectionListener _cable;
    private readonly BenchContext _bench;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _starting = new(1);
    private BridgeProcess? _bridge;

    public AutolabInstrument(
        AutolabBenchDevice device, Pgstat pgstat, SdkFiles files, IConnectionListener usb, IConnectionListener cable, BenchContext bench)
    {
        (_device, _pgstat, _files, _usb, _cable, _bench) = (device, pgstat, files, usb, cable, bench);
        _logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.Autolab");
        Pipelines = device.Pipeline is { } pipeline ? [new PipelineEntry(pipeline, device.Holder, device.Role, $"{device.Id}.1")] : [];
        bench.Faults.Switched += Switched;
    }

    public string Id => _device.Id;

    public IReadOnlyList<string> Channels { get; } = ["1"];

    public IReadOnlyList<string> Faults { get; } =
    [
        .. FaultGroups.Stream, FaultNames.UsbPulled, FaultNames.SdkError, FaultNames.BridgeDies, FaultNames.Overload, FaultNames.OpenLead,
        FaultNames.NotANumber,
    ];

    public IReadOnlyList<PipelineEntry> Pipelines { get; }

    public object ConfigurationEntry => new
    {
        id = _device.Id,
        driver = "Autolab",
        simulated = true,
        connection = new { kind = "tcp", host = _device.Host, port = _cable.Address.Port },
        settings = new { hardware_setup = _files.HardwareSetup, adk = _files.Adk },
    };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Log.Listening(_logger, _device.Id, _cable.Address, 1);
        var usb = new UsbLink(_device.Id, _pgstat, _usb, _logger);
        await Task.WhenAll(usb.RunAsync(cancellationToken), AcceptAsync(cancellationToken));
    }

    public void Advance() => _pgstat.Advance();

    public async ValueTask DisposeAsync()
    {
        _bench.Faults.Switched -= Switched;
        await _cable.DisposeAsync();
        if (_bridge is { } bridge)
        {
            await bridge.DisposeAsync();
        }

        await _usb.DisposeAsync();
        _starting.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        Task first = BridgeAsync(cancellationToken);
        await _cable.ServeAllAsync(ServeAsync, reason => Log.ClientGone(_logger, _device.Id, reason), cancellationToken);
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(IConnection client, CancellationToken cancellationToken)
    {
        BridgeProcess bridge = await BridgeAsync(cancellationToken);
        await using IConnection connection = await new TcpConnector(_bench.Wall).OpenAsync(new Uri($"tcp://127.0.0.1:{bridge.Port}"), cancellationToken);
        await new Cable(_device.Id, client, connection, _bench.Faults, _bench.Wall).RunAsync(cancellationToken);
    }

    /// <summary>The running program; one that has ended is started again, as the task on the instrument PC does.</summary>
    private async Task<BridgeProcess> BridgeAsync(CancellationToken cancellationToken)
    {
        if (_bench.Faults.IsOn(FaultNames.BridgeDies, _device.Id))
        {
            throw new IOException("the bridge program was killed");
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_bridge is not { IsRunning: true })
            {
                _bridge = await BridgeProcess.StartAsync(_bench.Wall, cancellationToken);
                Log.Bridge(_logger, _device.Id, "started");
            }

            return _bridge;
        }
        finally
        {
            _starting.Release();
        }
    }

    private void Switched(ActiveFault fault, bool on)
    {
        if (on && fault.Name == FaultNames.BridgeDies && fault.Covers(_device.Id, null) && _bridge is { IsRunning: true } bridge)
        {
            bridge.Kill();
            Log.Bridge(_logger, _device.Id, "killed");
        }
    }
}
