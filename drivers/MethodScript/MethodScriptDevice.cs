using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Catalog.Runs;
using CellLab.Drivers.MethodScript.Running;
using CellLab.Drivers.MethodScript.Scripts;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.MethodScript;

/// <summary>A potentiostat with one channel. It runs programs and spectra alone but keeps no data: what it sends while nobody listens is lost, and a
/// run whose connection was lost is ended.</summary>
public sealed class MethodScriptDevice : IDevice, IChannelBank, IProgramRunner, IImpedanceAnalyzer, IProbe
{
    private readonly MethodScriptOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly Overtaking _turns = new();
    private readonly MethodScriptSession _session;
    private readonly CellGuard _guard;
    private readonly CancellationTokenSource _closing = new();
    private readonly ChannelAddress _channel;
    private ChannelRun? _run;
    private Task _watching = Task.CompletedTask;
    private int _runs;
    private bool _warned;
    private int _disposed;

    internal MethodScriptDevice(DeviceId id, MethodScriptOptions options, IConnector connector, Clocks clocks, ILogger logger, bool simulated)
    {
        Id = id;
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _simulated = simulated;
        _channel = new ChannelAddress(id, "1");
        _session = new MethodScriptSession(id, options, connector, clocks, logger);
        _guard = new CellGuard(id, _session, _turns, options.ConfirmTimeout, clocks, logger);
    }

    public DeviceId Id { get; }

    public IReadOnlyList<ChannelAddress> Channels => [_channel];

    public TimeSpan PollInterval => _options.PollInterval;

    /// <summary>Also ends what runs and switches the cell off, unless a run of ours is being listened to.</summary>
    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => TurnAsync("connect", async token =>
    {
        if (_session.Script is null)
        {
            await _session.OpenAsync(token);
            await _session.SynchroniseAsync(token);
        }

        (InstrumentIdentity identity, _) = await _session.IdentifyAsync(token);
        RequireModel(identity);
        string? serial = null;
        if (_session.Script is null)
        {
            await _session.CellOffAsync(token);
            if (_run is { Settled: true, CellIsOff: false } uncertain)
            {
                uncertain.Settle(cellIsOff: true, "the cell was switched off at the new connection, confirmed");
            }

            serial = await _session.AskAsync('i', token);
        }

        Log.Connected(_logger, Id, identity.Type, identity.Firmware, serial ?? "as before");
        WarnOnce(identity);
        return new DeviceIdentity($"{_options.Model.Name} ({identity.Type})", serial, identity.Firmware);
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
            if (_session.Script is not null)
            {
                await _session.IdentifyAsync(token); // proves that it answers; the newest reading of the run is its present state
                return Status();
            }

            IReadOnlyList<PackageLine> packages = await _session.RunAsync(SmallScripts.OpenCircuitReading(_options), token);
            return Status() with { VoltageVolts = packages.Count > 0 ? packages[^1].ValueOf(VariableTypes.MeasuredVolts) : null, CurrentAmperes = 0 };
        }, cancellationToken);
    }

    public async Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        ChannelRun? run = _run;
        if (run is { Ending: not ScriptEnding.Running, Settled: false } && !_session.IsOpen)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, Id, run.Reason ?? "the connection was lost");
        }

        if (run is not { Ending: ScriptEnding.Running })
        {
            await TurnAsync("poll", _session.IdentifyAsync, cancellationToken);
        }

        return new BankReading([Status()], [.. cursors.Select(Follow)]);
    }

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => ProgramProblems.Of(program, _options.Model);

    public async Task<ChannelStatus> StartAsync(ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        Refuse(Check(channel, program));
        await StartAsync(
            ProgramScript.Write(program, _options), id => new ProgramRun(channel, id, barcode, program, _options, _clocks), cancellationToken);
        return Status();
    }

    public async Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        await _guard.CellOffAsync(cancellationToken);
        if (_run is { } run)
        {
            await run.WhenSettled.WaitAsync(cancellationToken);
            if (run is { Settled: true, CellIsOff: false })
            {
                run.Settle(cellIsOff: true, "the cell was switched off by a stop, confirmed");
            }

            ChannelState state = run.State.State == ChannelState.Finished ? ChannelState.Finished : ChannelState.Stopped;
            return new ChannelStatus(_channel, state, "stopped", _clocks.Lab.GetUtcNow(), null, 0, run.TestId, run.Barcode);
        }

        return Status();
    }

    /// <summary>Refused: the instrument can halt a script, but leaves the cell under current then.</summary>
    public Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        throw new DeviceFaultException(FaultKind.Rejected, Id, $"{channel}: nothing is paused; this instrument does not pause");

    public Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken) => StopAsync(channel, cancellationToken);

    public IReadOnlyList<string> CheckSpectrum(ChannelAddress channel, SpectrumPlan plan) => SpectrumScript.Problems(plan, _options.Model);

    public Task StartSpectrumAsync(ChannelAddress channel, SpectrumPlan plan, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        Refuse(CheckSpectrum(channel, plan));
        return StartAsync(SpectrumScript.Write(plan, _options), id => new SpectrumRun(id, plan, _clocks), cancellationToken);
    }

    public Task<SpectrumReading> PollSpectrumAsync(ChannelAddress channel, int pointsTaken, CancellationToken cancellationToken)
    {
        RequireKnown(channel);
        return _run is SpectrumRun run
            ? Task.FromResult(run.Since(pointsTaken))
            : throw new DeviceFaultException(FaultKind.Rejected, Id, $"{channel}: no spectrum was started");
    }

    public Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken) => TurnAsync(
        "probe",
        token => new MethodScriptProbe(_session, _options, _simulated).ReportAsync(Status(), mayMeasure: _run is not { CellIsOff: false }, token),
        cancellationToken);

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

    private Task<bool> StartAsync(IReadOnlyList<string> script, Func<string, ChannelRun> create, CancellationToken cancellationToken) => TurnAsync("start", async token =>
    {
        if (_run is { Ending: ScriptEnding.Running } or { Settled: false })
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"{_channel}: not started: {_run.TestId} runs; stop it first");
        }

        if (_run is { CellIsOff: false })
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"{_channel}: not started: nobody knows whether the cell is off since {_run.TestId}; stop it first, and look at the instrument");
        }

        ChannelRun run = create(string.Create(CultureInfo.InvariantCulture, $"{_clocks.Lab.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{++_runs}"));
        await _session.StartAsync(script, run, token);
        _run = run;
        TimeSpan quiet = (run.LongestQuiet / _clocks.Lab.Speed) + _options.SilenceMargin;
        _watching = _guard.WatchAsync(run, run.EndOrSilenceAsync(quiet, _closing.Token), _closing.Token);
        Log.Started(_logger, _channel, script.Count, run.TestId);
        return true;
    }, cancellationToken);

    private FollowedReading Follow(ChannelCursor cursor)
    {
        if (_run is ProgramRun run && run.TestId == cursor.TestId)
        {
            return run.Since(cursor.ResumeToken);
        }

        bool busy = _run is { Ending: ScriptEnding.Running };
        return new FollowedReading(
            cursor.Channel, busy ? FollowOutcome.Overrun : FollowOutcome.EndedEarly, [], [],
            ["the connection to the instrument was opened anew during the test; what it measured since is lost and it was ended, cell off"],
            cursor.ResumeToken ?? "", false);
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

    private void RequireModel(InstrumentIdentity identity)
    {
        if (_options.IdentityType is { } expected && identity.Type != expected)
        {
            throw new DeviceFaultException(
                FaultKind.Configuration, Id, $"the instrument says it is '{identity.Type}', settings.model {_options.Model.Name} expects '{expected}'; correct the model, or set identity_type");
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

    private void WarnOnce(InstrumentIdentity identity)
    {
        if (!_simulated && !_warned)
        {
            _warned = true;
            Log.NotVerified(_logger, Id, identity.Type, identity.Firmware);
        }
    }
}
