using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Transport;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.XrdTrigger.Lines;

/// <summary>RTS or DTR of a serial port is the trigger, for benches without an I/O module; the port may be that of a device server. Many adapters pulse
/// these lines when a port is opened: it is opened once, with both off, and busy is not believed until they have settled.</summary>
internal sealed class SerialLineWire(XrdTriggerOptions options, IConnector connector, Clocks clocks) : ITriggerWire
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    private readonly SerialTriggerLines _wiring = options.Lines!;
    private readonly PulseEdge _edge = new();
    private ISerialConnection? _port;
    private long _opened;

    public TriggerTraits Traits { get; } = new(
        options.Lines!.Busy is null ? TriggerAcknowledgement.None : TriggerAcknowledgement.Busy, TellsReady: false, s_pollInterval);

    private bool IsSettling => clocks.Wall.GetElapsedTime(_opened) < _wiring.Settling;

    public async Task<DeviceIdentity> OpenAsync(CancellationToken cancellationToken)
    {
        if (_port is not null && await TrySetLowAsync(cancellationToken) is null)
        {
            return Identity();
        }

        await CloseAsync();
        IConnection opened = await connector.OpenAsync(options.Address, cancellationToken);
        if (opened is not ISerialConnection { Lines.Exist: true } port)
        {
            await opened.DisposeAsync();
            throw new TriggerRefusedException(
                $"{options.Address} has no control lines; a pseudo-terminal or a plain network port cannot carry this trigger, a device server that speaks RFC 2217 can");
        }

        _port = port;
        _opened = clocks.Wall.GetTimestamp();
        await SetAsync(on: false, cancellationToken);
        return Identity();
    }

    public async Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken)
    {
        await RequireFreeAsync(cancellationToken);
        return new TriggerArming(null);
    }

    public async Task<WirePulse> PulseAsync(TriggerRequest request, CancellationToken released)
    {
        await RequireFreeAsync(CancellationToken.None);
        var stamp = new PulseStamp(clocks);
        WirePulse pulse;
        try
        {
            await _edge.BeginAsync(() => SetAsync(on: true, CancellationToken.None), released);
            pulse = stamp.Answered();
            await Task.Delay(options.Pulse, clocks.Wall, released);
        }
        catch (OperationCanceledException)
        {
            return stamp.Answered("released before the pulse had its full length");
        }
        catch (TransportException error)
        {
            return stamp.Unanswered(await IsSeenAsync(), error.Message);
        }

        return await TryLowerAsync() is { } stuck ? pulse with { Note = $"the trigger line may still be active: {stuck}" } : pulse;
    }

    public async Task<TriggerReading> ReadAsync(CancellationToken cancellationToken)
    {
        ModemLineState lines = await Port().Lines.ReadAsync(cancellationToken);
        bool output = _wiring.Output == SerialOutputLine.Rts ? lines.Rts : lines.Dtr;
        return new TriggerReading(clocks.Lab.GetUtcNow(), null, Busy(lines), output);
    }

    public Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ClockReading("a trigger line carries no time: starts are known by our clock alone"));

    public Task ReleaseAsync(CancellationToken cancellationToken) => _edge.ReleaseAsync(() => SetAsync(on: false, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _edge.Dispose();
    }

    private bool? Busy(ModemLineState lines) => _wiring.Busy switch
    {
        null => null,
        _ when IsSettling => false,
        SerialInputLine.Cts => lines.Cts,
        SerialInputLine.Dsr => lines.Dsr,
        _ => lines.Dcd,
    };

    private async Task RequireFreeAsync(CancellationToken cancellationToken)
    {
        if (IsSettling)
        {
            throw new TriggerRefusedException($"no pulse: the port was opened less than {_wiring.Settling.TotalSeconds:0.###} s ago and its lines may still move");
        }

        if (Busy(await Port().Lines.ReadAsync(cancellationToken)) == true)
        {
            throw new TriggerRefusedException("no pulse: the diffractometer is busy");
        }
    }

    /// <summary>The line may have moved though nobody confirmed it. A new connection begins with the line low; busy tells.</summary>
    private async Task<bool> IsSeenAsync()
    {
        try
        {
            await OpenAsync(CancellationToken.None);
            await Task.Delay(_wiring.Settling, clocks.Wall, CancellationToken.None);
            return Busy(await Port().Lines.ReadAsync(CancellationToken.None)) == true;
        }
        catch (Exception error) when (error is TransportException or TriggerRefusedException)
        {
            return false; // nothing is known: the receipt says so
        }
    }

    /// <summary>On this connection, else on a new one, which begins with the line low.</summary>
    /// <returns>Why it is not known to be low; null when it is.</returns>
    private async Task<string?> TryLowerAsync()
    {
        if (await TrySetLowAsync(CancellationToken.None) is not { } problem)
        {
            return null;
        }

        try
        {
            await OpenAsync(CancellationToken.None);
            return null;
        }
        catch (Exception error) when (error is TransportException or TriggerRefusedException)
        {
            return problem;
        }
    }

    private async Task<string?> TrySetLowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(on: false, cancellationToken);
            return null;
        }
        catch (TransportException error)
        {
            return error.Message;
        }
    }

    private async Task SetAsync(bool on, CancellationToken cancellationToken)
    {
        bool isRts = _wiring.Output == SerialOutputLine.Rts;
        await Port().Lines.SetAsync(isRts ? on : null, isRts ? null : on, cancellationToken);
    }

    private ISerialConnection Port() => _port ?? throw new TransportException(TransportFault.Lost, options.Address, "the port is not open; connect first");

    private DeviceIdentity Identity() => new($"{_wiring.Output.ToString().ToUpperInvariant()} of a serial port", null, null);

    private async Task CloseAsync()
    {
        if (_port is { } port)
        {
            _port = null;
            await port.DisposeAsync();
        }
    }
}
