using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Hosted;

/// <summary>One output with the test that is stepped on it. Turns and commands come from the device's task; a stop and the watch come from
/// anywhere and go first.</summary>
internal sealed class HostedChannel : IDisposable
{
    private readonly ChannelAddress _address;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly HostedOutput _output;
    private readonly HostedStepper _stepper;
    private readonly Lock _lock = new();
    private HostedRun? _run;

    public HostedChannel(ISourceMeter device, ChannelAddress address, HostedTimings timings, Clocks clocks, ILogger logger)
    {
        (_address, _clocks, _logger) = (address, clocks, logger);
        _output = new HostedOutput(device, address, timings, clocks);
        _stepper = new HostedStepper(_output, address.ToString(), _lock, timings, clocks, logger);
    }

    public HostedRun? Run => _run;

    public bool IsUnconfirmed => _output.IsUnconfirmed;

    public bool IsConfirmedOff => _output is { IsKnown: true, IsUnconfirmed: false } && _run is not { IsStepping: true };

    /// <summary>Whether something has to be opened now by the watch: a test that brings no data, or an opening that was not confirmed.</summary>
    public bool NeedsOpening => _output.OpeningIsDue || (!_output.IsUnconfirmed && _run is { IsStepping: true } && _output.IsSilent);

    public TimeSpan UntilNextLook => _stepper.UntilNextLook;

    /// <summary>The device has just been connected. The first time, after a silence, and whenever nothing is stepped, the output is switched off
    /// before anything else.</summary>
    /// <exception cref="DeviceFaultException">It is not confirmed off.</exception>
    public async Task ConnectedAsync(CancellationToken cancellationToken)
    {
        if (_run is { IsStepping: true } run && _output.IsSilent)
        {
            _stepper.Hold(run, $"{HoldReasons.NoData}: {HoldReasons.Known(_output.Last)}");
        }

        if (!_output.IsKnown || _output.IsUnconfirmed || _run is not { IsStepping: true })
        {
            await _output.OpenAsync(cancellationToken);
        }
    }

    public async Task<ChannelStatus> InspectAsync(CancellationToken cancellationToken)
    {
        await _output.MeasureAsync(cancellationToken);
        return Status();
    }

    public async Task<ChannelStatus> StartAsync(CellProgram program, string barcode, CancellationToken cancellationToken)
    {
        long ticket = _output.Ticket;
        await PrepareAsync(program, cancellationToken);
        HostedRun run;
        lock (_lock)
        {
            if (_run is { Phase: MachinePhase.Running or MachinePhase.Paused, IsStopped: false })
            {
                throw Refused($"is busy with test {_run.TestId}");
            }

            run = _run = new HostedRun(program, HostedTestIds.Next(_clocks.Wall), barcode, _clocks.Lab.GetUtcNow());
        }

        await _stepper.DriveAsync(run, ticket);
        return Status();
    }

    /// <summary>Opens the circuit; then the test is over.</summary>
    public async Task<ChannelStatus> StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _run?.Stop();
        }

        await _output.OpenAsync(cancellationToken);
        return Status();
    }

    /// <returns>False when the measurement of the pause showed the program's end or a passed limit.</returns>
    public async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        HostedRun run = Required(run => run.IsStepping, "steps no program");
        SourceReading reading = await _output.MeasureAsync(cancellationToken);
        lock (_lock)
        {
            run.Pause(reading);
        }

        await _output.OpenAsync(CancellationToken.None);
        return run.Phase == MachinePhase.Paused;
    }

    public async Task<ChannelStatus> ContinueAsync(CancellationToken cancellationToken)
    {
        long ticket = _output.Ticket;
        HostedRun run = Required(run => run is { Phase: MachinePhase.Paused, IsStopped: false }, "has no paused test");
        await PrepareAsync(run.Program, cancellationToken);
        lock (_lock)
        {
            run.Resume(_clocks.Lab.GetUtcNow());
        }

        await _stepper.DriveAsync(run, ticket);
        return Status();
    }

    /// <summary>One turn of a followed test.</summary>
    public async Task<FollowedReading> FollowAsync(ChannelCursor cursor, CancellationToken cancellationToken)
    {
        HostedRun run = Followed(cursor);
        if (UntilNextLook <= TimeSpan.Zero)
        {
            await _stepper.LookAsync(run, cancellationToken);
        }

        lock (_lock)
        {
            return run.Deliver(_address, cursor.ResumeToken, Outcome(run)) with { CurrentResolutionAmperes = _output.Traits.CurrentResolutionAmperes };
        }
    }

    public Task IdleAsync(CancellationToken cancellationToken) => _stepper.IdleAsync(cancellationToken);

    /// <summary>Opens the circuit, and holds the test if one is stepped.</summary>
    /// <exception cref="DeviceFaultException">The output is not confirmed off.</exception>
    public async Task SecureAsync(string because, CancellationToken cancellationToken)
    {
        if (_run is { IsStepping: true } run)
        {
            _stepper.Hold(run, $"{because}: {HoldReasons.Known(_output.Last)}");
        }

        _output.AwaitOpening();
        await _output.OpenAsync(cancellationToken);
    }

    public ChannelStatus Status() => HostedStatus.Of(_address, _run, _output, _clocks);

    public void Dispose() => _output.Dispose();

    private async Task PrepareAsync(CellProgram program, CancellationToken cancellationToken)
    {
        if (!_output.IsKnown || _output.IsUnconfirmed)
        {
            throw Refused("its output is not confirmed off; nothing is started on it");
        }

        SourceReading reading = await _output.MeasureAsync(cancellationToken);
        if (StartRules.Refusal(program.Limits, reading) is { } refusal)
        {
            throw Refused(refusal);
        }

        foreach (string missing in await _output.LimitAsync(StartRules.LimitsFor(program.Limits, _output.Traits), cancellationToken))
        {
            Log.LimitNotInDevice(_logger, _address.ToString(), missing);
        }
    }

    /// <summary>The test in memory, or the one that the journal knows: taken over, held, its output off since the connect.</summary>
    private HostedRun Followed(ChannelCursor cursor)
    {
        lock (_lock)
        {
            if (_run is null || _run.TestId != cursor.TestId || !_run.Knows(cursor.ResumeToken))
            {
                _run = HostedRun.TakenOver(cursor, HoldReasons.Restart, _clocks.Lab.GetUtcNow());
                Log.TakenOver(_logger, _address.ToString(), cursor.TestId, _run.StepCount);
            }

            return _run;
        }
    }

    private HostedRun Required(Func<HostedRun, bool> condition, string otherwise) =>
        _run is { } run && condition(run) ? run : throw Refused(otherwise);

    private DeviceFaultException Refused(string reason) => new(FaultKind.Rejected, _address.Device, $"{_address}: {reason}");

    private FollowOutcome Outcome(HostedRun run) => run switch
    {
        _ when _output.IsUnconfirmed => FollowOutcome.Following,
        { IsStopped: true } or { Phase: MachinePhase.LimitPassed } => FollowOutcome.EndedEarly,
        { Phase: MachinePhase.Ended } => FollowOutcome.Complete,
        _ => FollowOutcome.Following,
    };
}
