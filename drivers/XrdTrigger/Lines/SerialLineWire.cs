using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Transport;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.XrdTrigger.Lines;

/// <summary>RTS or DTR of a serial port is the trigger, for benches without an I/O module. Many adapters pulse these lines when a port is opened:
/// it is opened once, with both off, and busy is not believed for two seconds.</summary>
internal sealed class SerialLineWire(XrdTriggerOptions options, IConnector connector, Clocks clocks) : ITriggerWire
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    private readonly SerialTriggerLines _wiring = options.Lines!;
    private volatile CancellationTokenSource _released = new(); // one for each pulse; without a timer it need not be disposed
    private ISerialConnection? _port;
    private long _opened;

    public TriggerTraits Traits { get; } = new(
        options.Lines!.Busy is null ? TriggerAcknowledgement.None : TriggerAcknowledgement.Busy, TellsReady: false, s_pollInterval);

    public async Task<DeviceIdentity> OpenAsync(CancellationToken cancellationToken)
    {
        if (_port is not null && IsAlive(_port))
        {
            Set(on: false);
            return Identity();
        }

        await CloseAsync();
        IConnection opened = await connector.OpenAsync(options.Address, cancellationToken);
        if (opened is not ISerialConnection { Lines.Exist: true } port)
        {
            await opened.DisposeAsync();
            throw new TriggerRefusedException($"{options.Address} has no control lines; a pseudo-terminal or a network port cannot carry this trigger");
        }

        _port = port;
        _opened = clocks.Wall.GetTimestamp();
        Set(on: false);
        return Identity();
    }

    public Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken)
    {
        RequireFree();
        return Task.FromResult(new TriggerArming(null));
    }

    public async Task<WirePulse> PulseAsync(TriggerRequest request, CancellationToken cancellationToken)
    {
        RequireFree();
        _released = new CancellationTokenSource();
        var stamp = new PulseStamp(clocks);
        WirePulse pulse;
        try
        {
            Set(on: true);
            pulse = stamp.Answered();
            await Task.Delay(options.Pulse, clocks.Wall, _released.Token);
        }
        catch (OperationCanceledException)
        {
            return stamp.Answered("released before the pulse had its full length");
        }
        catch (TransportException error)
        {
            return stamp.Unanswered(seen: false, error.Message);
        }

        try
        {
            Set(on: false);
            return pulse;
        }
        catch (TransportException error)
        {
            return pulse with { Note = $"the trigger line may still be active: {error.Message}" };
        }
    }

    public Task<TriggerReading> ReadAsync(CancellationToken cancellationToken)
    {
        ModemLineState lines = Port().Lines.Read();
        bool output = _wiring.Output == SerialOutputLine.Rts ? lines.Rts : lines.Dtr;
        return Task.FromResult(new TriggerReading(clocks.Lab.GetUtcNow(), null, Busy(lines), output));
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _released.CancelAsync();
        Set(on: false);
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    private bool? Busy(ModemLineState lines)
    {
        if (clocks.Wall.GetElapsedTime(_opened) < s_settling)
        {
            return _wiring.Busy is null ? null : false;
        }

        return _wiring.Busy switch
        {
            SerialInputLine.Cts => lines.Cts,
            SerialInputLine.Dsr => lines.Dsr,
            SerialInputLine.Dcd => lines.Dcd,
            _ => null,
        };
    }

    private void RequireFree()
    {
        if (clocks.Wall.GetElapsedTime(_opened) < s_settling)
        {
            throw new TriggerRefusedException($"no pulse: the port was opened less than {s_settling.TotalSeconds:0} s ago and its lines may still move");
        }

        if (Busy(Port().Lines.Read()) == true)
        {
            throw new TriggerRefusedException("no pulse: the diffractometer is busy");
        }
    }

    private static bool IsAlive(ISerialConnection port)
    {
        try
        {
            port.Lines.Read();
            return true;
        }
        catch (TransportException)
        {
            return false;
        }
    }

    private void Set(bool on)
    {
        bool isRts = _wiring.Output == SerialOutputLine.Rts;
        Port().Lines.Set(isRts ? on : null, isRts ? null : on);
    }

    private ISerialConnection Port() => _port ?? throw new TransportException(TransportFault.Lost, options.Address, "the port is not open; connect first");

    private DeviceIdentity Identity() => new($"{_wiring.Output.ToString().ToUpperInvariant()} of a serial port", null, null);

    private async Task CloseAsync()
    {
        if (_port is not null)
        {
            await _port.DisposeAsync();
            _port = null;
        }
    }
}
