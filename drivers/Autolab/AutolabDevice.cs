using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Programs;
using CellLab.Drivers.Autolab.Running;
using CellLab.Drivers.Autolab.Session;
using CellLab.Drivers.Autolab.Wire;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Catalog.Runs;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Autolab;

/// <summary>An Autolab with one channel, behind the bridge program on its instrument PC. The bridge runs programs and spectra beside the instrument but
/// keeps no data, and ends what runs when its client has gone.</summary>
public sealed class AutolabDevice : IDevice, IChannelBank, IProgramRunner, IImpedanceAnalyzer, IProbe, IInstrumentClock
{
    private readonly AutolabOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly Overtaking _turns = new();
    private readonly AutolabSession _session;
    private readonly CellGuard _guard;
    private readonly CancellationTokenSource _closing = new();
    private readonly ChannelAddress _channel;
    private ChannelRun? _run;
    private Task _watching = Task.CompletedTask;
    private DeviceIdentity _identity = new(AutolabModel.Name, null, null);
    private int _runs;
    private bool _warned;
    private int _disposed;

    internal AutolabDevice(DeviceId id, AutolabOptions options, IConnector connector, Clocks clocks, ILogger logger, bool simulated)
    {
        Id = id;
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _simulated = simulated;
        _channel = new ChannelAddress(id, "1");
        _session = new AutolabSession(id, options, connector, clocks, logger);
        _guard = new CellGuard(id, _session, _turns, options.ConfirmTimeout, clocks, logger);
    }

    public DeviceId Id { get; }

    public IReadOnlyList<ChannelAddress> Channels => [_channel];

    public TimeSpan PollInterval => _options.PollInterval;

    /// <summary>Also ends what runs and switches the cell off, unless a run of ours is being listened to.</summary>
    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => TurnAsync("connect", async token =>
    {
        if (_run is { Ending: RunEnding.Running } run && _session.Run == run)
        {
            await _session.HelloAsync(token);
            return _identity;
        }

        (BridgeIdentity bridge, InstrumentAnswer instrument) = await _session.OpenAsync(token);
        await _session.SwitchOffAsync(token);
        if (_run is { Settled: true, CellIsOff: false } uncertain)
        {
            uncertain.Settle(cellIsOff: true, "the cell was switched off at the new connection, confirmed");
        }

        _identity = new DeviceIdentity(
            instrument.HasAnalyser ? $"{AutolabModel.Name} with FRA32M" : AutolabModel.Name, instrument.Serial, $"bridge {bridge.Bridge}, SDK {bridge.Sdk}");
        Log.Connected(_logger, Id, bridge.Bridge ?? "unknown", bridge.Sdk ?? "unknown", instrument.Serial);
        WarnOnce(instrument.Serial, bridge);
        return _identity;
    }, cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        return TurnAsync("inspect", async token =>
        {
            StatusAnswer answer = await AskStatusAsync(token);
            ChannelStatus status = Status();
            return Foreign(answer, status) is { } doubt ? status with { State = ChannelState.Unknown, StateText = doubt, VoltageVolts = answer.Volts } : answer.Run is not null ? status : status with
            {
                VoltageVolts = answer.Volts, CurrentAmperes = answer.CellIsOn == false ? 0 : _options.CurrentSign * answer.Amperes,
            };
        }, cancellationToken);
    }

    public async Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        ChannelRun? run = _run;
        if (run is { Ending: not RunEnding.Running, Settled: false } && !_session.IsOpen)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, Id, run.Reason ?? "the connection was lost");
        }

        if (run is not { Ending: RunEnding.Running })
        {
            await TurnAsync("poll", AskStatusAsync, cancellationToken);
        }

        return new BankReading([Status()], [.. cursors.Select(Follow)]);
    }

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => ProgramProblems.Of(program);

    public async Task<ChannelStatus> StartAsync(ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        Refuse(Check(channel, program));
        await StartAsync(
            id => new ProgramRun(channel, id, barcode, program, _options, _clocks), id => ProgramRequest.Of(id, program, _options), program.Steps.Count,
            cancellationToken);
        return Status();
    }

    public async Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        await _guard.CellOffAsync(cancellationToken);
        if (_run is not { } run)
        {
            return Status();
        }

        await run.WhenSettled.WaitAsync(cancellationToken);
        if (!run.CellIsOff)
        {
            run.Settle(cellIsOff: true, "the cell was switched off by a stop, confirmed");
        }

        ChannelState state = run.State.State == ChannelState.Finished ? ChannelState.Finished : ChannelState.Stopped;
        return new ChannelStatus(_channel, state, "stopped", _clocks.Lab.GetUtcNow(), null, 0, run.TestId, run.Barcode);
    }

    /// <summary>Refused: open circuit in mid-step and the same step again is not the same test.</summary>
    public Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        throw new DeviceFaultException(FaultKind.Rejected, Id, $"{channel}: nothing is paused; this instrument does not pause");

    public Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken) => StopAsync(channel, cancellationToken);

    public IReadOnlyList<string> CheckSpectrum(ChannelAddress channel, SpectrumPlan plan) => SpectrumRequest.Problems(plan);

    public Task StartSpectrumAsync(ChannelAddress channel, SpectrumPlan plan, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        Refuse(CheckSpectrum(channel, plan));
        return StartAsync(id => new SpectrumRun(id, plan, _options, _clocks), id => SpectrumRequest.Of(id, plan, _options), 2, cancellationToken);
    }

    public Task<SpectrumReading> PollSpectrumAsync(ChannelAddress channel, int pointsTaken, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        return _run is SpectrumRun run
            ? Task.FromResult(run.Since(pointsTaken))
            : throw new DeviceFaultException(FaultKind.Rejected, Id, $"{channel}: no spectrum was started");
    }

    public Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken) => TurnAsync("probe", async token =>
    {
        BridgeIdentity bridge = await _session.HelloAsync(token);
        ClockReading clock = await new AutolabClock(_clocks, AskStatusAsync).ReadAsync(token);
        StatusAnswer answer = await AskStatusAsync(token);
        ChannelStatus status = answer.Run is null ? Status() with { VoltageVolts = answer.Volts } : Status();
        string noise = answer is { Run: null, CellIsOn: false, Volts: { } volts }
            ? await ReadingNoise.MeasureAsync(volts, async next => (await AskStatusAsync(next)).Volts ?? volts, token)
            : ReadingNoise.NotTold(answer.Run is null ? ReadingNoise.OutputIsOn : "a run is under way");
        return new ProbeReport(_identity, [status], clock, [.. AutolabFindings.Of(bridge, answer), noise, .. WiringHints.Of(answer.CellIsOn == true ? [] : [status])]);
    }, cancellationToken);

    public Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken) =>
        TurnAsync("read the clock", new AutolabClock(_clocks, AskStatusAsync).ReadAsync, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _closing.CancelAsync();
        await _session.DisposeAsync();
        await _watching;
        _turns.Dispose();
        _closing.Dispose();
    }

    private Task<bool> StartAsync(Func<string, ChannelRun> create, Func<string, JsonObject> request, int steps, CancellationToken cancellationToken) => TurnAsync("start", async token =>
    {
        if (_run is { Ending: RunEnding.Running } or { Settled: false })
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"{_channel}: not started: {_run.TestId} runs; stop it first");
        }

        if (_run is { CellIsOff: false })
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"{_channel}: not started: nobody knows whether the cell is off since {_run.TestId}; stop it first, and look at the instrument");
        }

        ChannelRun run = create(string.Create(CultureInfo.InvariantCulture, $"{_clocks.Lab.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{++_runs}"));
        await _session.StartAsync(run, request(run.TestId), token);
        _run = run;
        _watching = _guard.WatchAsync(run, run.Ended, _closing.Token);
        Log.Started(_logger, _channel, steps, run.TestId);
        return true;
    }, cancellationToken);

    /// <summary>Why the instrument's own account does not agree with what we know to be running; null where it does.</summary>
    private string? Foreign(StatusAnswer answer, ChannelStatus status) =>
        answer.Run is { } running && running != _run?.TestId ? $"the bridge runs {running}, which was not started here"
        : answer is { Run: null, CellIsOn: true } && status.State != ChannelState.Running ? "the cell is on outside a run"
        : null;

    private async Task<StatusAnswer> AskStatusAsync(CancellationToken cancellationToken)
    {
        StatusAnswer answer = await _session.StatusAsync(cancellationToken);
        return answer.Connected ? answer : throw new DeviceFaultException(FaultKind.Unreachable, Id, "the bridge has no instrument; connect again");
    }

    private FollowedReading Follow(ChannelCursor cursor)
    {
        if (_run is ProgramRun run && run.TestId == cursor.TestId)
        {
            return run.Since(cursor.ResumeToken);
        }

        bool busy = _run is { Ending: RunEnding.Running };
        return new FollowedReading(
            cursor.Channel, busy ? FollowOutcome.Overrun : FollowOutcome.EndedEarly, [], [],
            ["the connection to the bridge was opened anew during the test; what was measured since is lost and it was ended, cell off"], cursor.ResumeToken ?? "", false);
    }

    private ChannelStatus Status()
    {
        (ChannelState state, string text) = _run?.State ?? (_session.IsOpen ? (ChannelState.Idle, "idle") : (ChannelState.Unknown, "not connected"));
        return new ChannelStatus(
            _channel, state, text, _clocks.Lab.GetUtcNow(),
            state == ChannelState.Running ? _run!.LastVolts : null,
            state == ChannelState.Running ? _run!.LastAmperes : state == ChannelState.Unknown ? null : 0,
            _run?.TestId, _run?.Barcode, _run?.LastStepId);
    }

    private async Task<T> TurnAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _turns.RunAsync(work, cancellationToken);
        }
        catch (CalledOffException interrupted)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, Id, $"{what}: {interrupted.Message}", interrupted);
        }
    }

    private void RequireKnown(ChannelAddress channel)
    {
        if (channel != _channel)
        {
            throw new DeviceFaultException(FaultKind.Configuration, Id, $"there is no channel {channel}; this instrument has {_channel}");
        }
    }

    private void Refuse(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, string.Join("; ", problems));
        }
    }

    private void WarnOnce(string serial, BridgeIdentity bridge)
    {
        if (!_simulated && !_warned)
        {
            _warned = true;
            Log.NotVerified(_logger, Id, serial, bridge.Sdk ?? "unknown");
        }
    }
}
