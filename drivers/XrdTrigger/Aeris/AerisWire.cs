using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Transport;

namespace CellLab.Drivers.XrdTrigger.Aeris;

/// <summary>Malvern Panalytical Aeris over its automation interface. The sample's id on the instrument is that of the trigger, so its file is
/// <c>&lt;id&gt;.xrdml</c>.</summary>
internal sealed class AerisWire(XrdTriggerOptions options, IConnector connector, Clocks clocks) : ITriggerWire
{
    /// <summary>The instrument shows idle for a while after it has accepted a measurement. Lab time.</summary>
    private static readonly TimeSpan s_startDelay = TimeSpan.FromSeconds(10);

    /// <summary>It is left alone for so long after it shows ready. Lab time.</summary>
    private static readonly TimeSpan s_afterReady = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(2);

    private const string Free = "STATE=free";

    private readonly AerisSettings _settings = options.Aeris!;
    private readonly AerisLink _link = new(options.Address, connector, options.ReplyTimeout, clocks.Wall);
    private readonly PulseEdge _edge = new();
    private string? _sample;
    private DateTimeOffset? _started;
    private DateTimeOffset? _readySince;

    public TriggerTraits Traits { get; } = new(TriggerAcknowledgement.Line, TellsReady: true, s_pollInterval);

    public async Task<DeviceIdentity> OpenAsync(CancellationToken cancellationToken)
    {
        await RequireRemoteAsync(cancellationToken);
        return new DeviceIdentity("Aeris", null, null);
    }

    public async Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken)
    {
        await RequireRemoteAsync(cancellationToken);
        await RequireReadyAsync(cancellationToken);
        return new TriggerArming(null);
    }

    public async Task<WirePulse> PulseAsync(TriggerRequest request, CancellationToken released)
    {
        await RequireReadyAsync(CancellationToken.None);
        await PrepareAsync(request.Id, CancellationToken.None);
        var stamp = new PulseStamp(clocks);
        WirePulse pulse;
        try
        {
            await _edge.BeginAsync(() => MeasureAsync(request.Id), released);
            pulse = stamp.Answered();
        }
        catch (TransportException error) when (error.Fault is TransportFault.Refused or TransportFault.NotFound)
        {
            throw; // nothing was sent
        }
        catch (TransportException error)
        {
            pulse = stamp.Unanswered(await IsBusyAsync(CancellationToken.None), error.Message);
        }

        if (pulse.Outcome != PulseOutcome.Unconfirmed)
        {
            (_started, _readySince) = (pulse.SentAtUtc, null);
        }

        return pulse;
    }

    public async Task<TriggerReading> ReadAsync(CancellationToken cancellationToken)
    {
        bool idle = (await _link.AskAsync(AerisCodec.UnitStatus, cancellationToken)).Says("READY=yes");
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        bool starting = _started is { } started && now - started < s_startDelay;
        bool busy = !idle || starting;
        _readySince = busy ? null : _readySince ?? now;
        bool ready = !busy && (_started is null || now - _readySince >= s_afterReady);
        return new TriggerReading(now, ready, busy, Output: null, LastId: _sample, LastFile: _started is not null && ready ? $"{_sample}.xrdml" : null);
    }

    public Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ClockReading("no command of the Aeris that is public tells its clock; the times in its files are the instrument's own"));

    /// <summary>The protocol has no way to call a measurement off; none is started without a trigger.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => _edge.ReleaseAsync(() => Task.CompletedTask, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _edge.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task MeasureAsync(string id) =>
        Accepted(await _link.AskAsync(AerisCodec.Measure(id, _settings.Application), CancellationToken.None), "MEASURE");

    /// <summary>The sample of the last trigger makes room for this one's name. Whether it did is seen at the place: the answer to a removal or an addition that
    /// was carried out may have been lost.</summary>
    private async Task PrepareAsync(string id, CancellationToken cancellationToken)
    {
        AerisAnswer place = await _link.AskAsync(AerisCodec.LocationStatus(_settings.Location), cancellationToken);
        AerisAnswer? removal = null;
        if (!place.Says(Free) && _sample is string last)
        {
            removal = await _link.AskAsync(AerisCodec.Remove(last), cancellationToken);
            place = await _link.AskAsync(AerisCodec.LocationStatus(_settings.Location), cancellationToken);
        }

        if (!place.Says(Free))
        {
            string refused = removal is { IsRefusal: true } answer ? $", and the instrument refuses REMOVE: {answer.Text}" : "";
            throw new TriggerRefusedException($"no pulse: place {_settings.Location} is not free ({place.Text}){refused}; remove the sample's entry on the instrument");
        }

        _sample = id;
        Accepted(await _link.AskAsync(AerisCodec.Add(_settings.Application, id, _settings.Location), cancellationToken), "ADD");
    }

    private async Task RequireRemoteAsync(CancellationToken cancellationToken)
    {
        AerisAnswer system = await _link.AskAsync(AerisCodec.SystemStatus, cancellationToken);
        if (!system.Says("SYSTEM=remote"))
        {
            throw new TriggerRefusedException($"the instrument is not under remote control ({system.Text}); switch it on there");
        }
    }

    private async Task RequireReadyAsync(CancellationToken cancellationToken)
    {
        if ((await ReadAsync(cancellationToken)).Ready != true)
        {
            throw new TriggerRefusedException("no pulse: the instrument is busy, or became ready less than 5 s ago");
        }
    }

    private async Task<bool> IsBusyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return !(await _link.AskAsync(AerisCodec.UnitStatus, cancellationToken)).Says("READY=yes");
        }
        catch (TransportException)
        {
            return false; // nothing is known: the receipt says so
        }
    }

    private static void Accepted(AerisAnswer answer, string what)
    {
        if (answer.IsRefusal)
        {
            throw new TriggerRefusedException($"the instrument refuses {what}: {answer.Text}");
        }
    }
}
