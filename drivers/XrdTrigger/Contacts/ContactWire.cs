using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.XrdTrigger.Contacts;

/// <summary>A contact of a Modbus module starts the pattern; other contacts tell busy and ready.</summary>
internal sealed class ContactWire : ITriggerWire
{
    private const int TriesToOpen = 3;

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    private readonly XrdTriggerOptions _options;
    private readonly Clocks _clocks;
    private readonly ModbusLineLease _line;
    private readonly ContactPoints _points;
    private readonly ModuleWatchdog? _watchdog;
    private readonly PulseEdge _edge = new();

    public ContactWire(XrdTriggerOptions options, ModbusLines lines, IConnector? connector, Clocks clocks)
    {
        ContactSettings contacts = options.Contacts!;
        (_options, _clocks) = (options, clocks);
        _line = lines.Rent(options.Address, connector, contacts.Line, clocks.Wall);
        var module = new ModbusMaster(_line.Line, contacts.Unit);
        _points = new ContactPoints(contacts, module, new ModbusMaster(_line.Line, contacts.Unit, urgent: true));
        _watchdog = contacts.Map.Watchdog is IoWatchdog map ? new ModuleWatchdog(map, contacts.Watchdog, module) : null;
        Traits = new TriggerTraits(contacts.Busy is null ? TriggerAcknowledgement.None : TriggerAcknowledgement.Busy, contacts.Ready is not null, s_pollInterval);
    }

    public TriggerTraits Traits { get; }

    public async Task<DeviceIdentity> OpenAsync(CancellationToken cancellationToken)
    {
        await _line.OpenAsync(cancellationToken);
        await LowerAsync(cancellationToken);
        await _points.CheckModuleAsync(cancellationToken);
        if (_watchdog is not null)
        {
            await _watchdog.PrepareAsync(cancellationToken);
        }

        return new DeviceIdentity(_options.Contacts!.Map.Title, null, null);
    }

    public async Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken)
    {
        await RequireFreeAsync(cancellationToken);
        return new TriggerArming(null);
    }

    public async Task<WirePulse> PulseAsync(TriggerRequest request, CancellationToken released)
    {
        await RequireFreeAsync(CancellationToken.None);
        if (_points.PulsesItself)
        {
            return await SendAsync(() => _points.PulseAsync(_options.Pulse, CancellationToken.None), released);
        }

        if (_watchdog is not null)
        {
            await _watchdog.StartAsync(CancellationToken.None);
        }

        return await HostPulseAsync(released);
    }

    public async Task<TriggerReading> ReadAsync(CancellationToken cancellationToken)
    {
        ContactLevels levels = await _points.LevelsAsync(cancellationToken);
        bool closed = await _points.IsClosedAsync(cancellationToken);
        return new TriggerReading(_clocks.Lab.GetUtcNow(), levels.Ready, levels.Busy, closed, levels.Fault == true ? "the fault contact is active" : null);
    }

    public Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ClockReading("contacts carry no time: starts are known by our clock alone"));

    public Task ReleaseAsync(CancellationToken cancellationToken) => _edge.ReleaseAsync(() => LowerAsync(cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _edge.Dispose();
    }

    /// <summary>Whatever happens after the contact may have closed, it is opened again.</summary>
    private async Task<WirePulse> HostPulseAsync(CancellationToken released)
    {
        WirePulse pulse;
        string? stuck;
        try
        {
            pulse = await SendAsync(() => _points.CloseAsync(CancellationToken.None), released);
            if (pulse.Outcome != PulseOutcome.Unconfirmed)
            {
                await WaitAsync(_options.Pulse, released);
            }
        }
        finally
        {
            stuck = await TryLowerAsync();
        }

        return stuck is null ? pulse : pulse with { Note = pulse.Note is null ? stuck : $"{pulse.Note}; {stuck}" };
    }

    private async Task<WirePulse> SendAsync(Func<Task> write, CancellationToken released)
    {
        var stamp = new PulseStamp(_clocks);
        try
        {
            await _edge.BeginAsync(write, released);
            return stamp.Answered();
        }
        catch (TransportException error)
        {
            return stamp.Unanswered(await HasEffectAsync(), error.Message);
        }
    }

    /// <summary>The write may have been carried out though its answer is lost: contact and busy tell.</summary>
    private async Task<bool> HasEffectAsync()
    {
        try
        {
            await _line.Line.OpenAsync(anew: false, CancellationToken.None);
            return await _points.IsClosedAsync(CancellationToken.None) || (await _points.LevelsAsync(CancellationToken.None)).Busy == true;
        }
        catch (Exception error) when (error is TransportException or ModbusRefusedException)
        {
            return false; // nothing is known: the receipt says so
        }
    }

    private async Task RequireFreeAsync(CancellationToken cancellationToken)
    {
        ContactLevels levels = await _points.LevelsAsync(cancellationToken);
        string? obstacle = levels switch
        {
            { Fault: true } => "the diffractometer's fault contact is active",
            { Busy: true } => "the diffractometer is busy",
            { Ready: false } => "the diffractometer is not ready; start its program so that it waits for the trigger",
            _ => await _points.IsClosedAsync(cancellationToken) ? "the trigger contact is closed already; release it and check the module" : null,
        };
        if (obstacle is not null)
        {
            throw new TriggerRefusedException($"no pulse: {obstacle}");
        }
    }

    private async Task<string?> TryLowerAsync()
    {
        string? problem = null;
        for (int i = 0; i < TriesToOpen; i++)
        {
            try
            {
                await _line.Line.OpenAsync(anew: false, CancellationToken.None);
                await LowerAsync(CancellationToken.None);
                return null;
            }
            catch (Exception error) when (error is TransportException or ModbusRefusedException or TriggerRefusedException)
            {
                problem = error.Message;
            }
        }

        return $"the trigger contact may still be closed: {problem}";
    }

    private async Task LowerAsync(CancellationToken cancellationToken)
    {
        await _points.OpenAsync(cancellationToken);
        if (await _points.IsClosedAsync(cancellationToken))
        {
            throw new TriggerRefusedException("the trigger contact was opened but reads back as closed; check module, output number and address_offset");
        }

        if (_watchdog is not null)
        {
            await _watchdog.StopAsync(cancellationToken);
        }
    }

    private async Task WaitAsync(TimeSpan length, CancellationToken released)
    {
        try
        {
            await Task.Delay(length, _clocks.Wall, released);
        }
        catch (OperationCanceledException)
        {
            // released meanwhile
        }
    }
}
