using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Sources;
using CellLab.Engine.Stages;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Gas;

/// <summary>Brings the mass spectrometer of a job up before the job starts, and lets it go at the job's end. Jobs whose program has a step for it use one; the
/// others leave it alone.</summary>
[SuppressMessage("Design", "CA1001", Justification = "a semaphore whose wait handle is never taken holds nothing to free")]
internal sealed class GasDesk(StageTools tools, PipelineBook pipelines, IJournal journal, EngineTimings timings, Clocks clocks)
{
    private const string FinishedEvent = "ms-finished";
    private const int MostEvents = 100_000;

    private readonly ConcurrentDictionary<JobId, GasWatch> _watches = new();
    private readonly ConcurrentDictionary<JobId, bool> _finished = new();
    private readonly ConcurrentDictionary<JobId, bool> _toldOfErrors = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    public GasPanels Panels { get; } = new(tools);

    /// <summary>What a lost spectrometer means for the job, by the pipeline's policy.</summary>
    public Func<LiveJob, GasLoss, string, Task>? OnLost { get; set; }

    public GasWatch? Find(LiveJob live) => _watches.GetValueOrDefault(live.Id);

    /// <summary>Nothing has to be brought up before the job's next segment.</summary>
    public bool IsUp(LiveJob live) => !Uses(live) || _watches.ContainsKey(live.Id) || _finished.ContainsKey(live.Id);

    /// <summary>The job needs its spectrometer no more, though it goes on; an event keeps that over a restart of the service.</summary>
    public async Task FinishAsync(LiveJob live, CancellationToken cancellationToken)
    {
        JobEvent told = tools.Ledger.Event(live.Id, FinishedEvent, "the rest of the job needs no mass spectrometer: it measures no more", Find(live)?.Channel.ToString());
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Events = [told] }, CancellationToken.None), cancellationToken);
        _finished[live.Id] = true;
        EndWatch(live);
    }

    /// <summary>Readiness, then the plan. A spectrometer that is not ready keeps the job from starting.</summary>
    public async Task<LeaseAnswer> BringUpAsync(LiveJob live, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (IsUp(live))
            {
                return LeaseAnswer.Granted;
            }

            (ChannelAddress channel, GasSetup gas) = Line(live);
            if (await NotReadyAsync(live, channel, gas, cancellationToken) is { } reason)
            {
                return new LeaseAnswer(LeaseOutcome.Refused, reason);
            }

            GasWatch watch = Watch(live, channel, gas);
            await watch.StartPlanAsync(cancellationToken);
            await StoreSetupAsync(live, channel, gas);
            Begin(watch, again: false);
            return LeaseAnswer.Granted;
        }
        catch (DeviceFaultException fault)
        {
            return new LeaseAnswer(fault.IsTransient ? LeaseOutcome.TryLater : LeaseOutcome.Refused, fault.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A person resumes a job that goes on without its spectrometer: its source is lit again once, the cell is left as it is.</summary>
    /// <returns>False when the spectrometer measures, or is not lit by the service: nothing is to be resumed.</returns>
    public async Task<bool> TryResumeAsync(LiveJob live, GivenBy by)
    {
        if (Find(live) is not { Measures: false, Setup.ChamberPascals: not null } watch)
        {
            return false;
        }

        AuditEntry audit = tools.Ledger.Audit(by.Who, "job resume", live.Id.Value, by.Reason, $"{watch.Channel} may be switched on again");
        await tools.Ledger.AmendAsync(live, job => job, new JournalWrite { Audit = [audit] });
        watch.Resumed();
        return true;
    }

    /// <summary>Jobs that were under way when the service ended: their spectrometers are taken up again, however they are found.</summary>
    public async Task RecoverAsync(IEnumerable<LiveJob> jobs, CancellationToken cancellationToken)
    {
        foreach (LiveJob live in jobs.Where(live => Uses(live) && (live.Segment ?? live.Previous) is not null && pipelines.Of(live)?.Gas is not null))
        {
            if ((await journal.ReadEventsAsync(live.Id, 0, MostEvents, cancellationToken)).Any(told => told.Kind == FinishedEvent))
            {
                _finished[live.Id] = true;
                continue;
            }

            (ChannelAddress channel, GasSetup gas) = Line(live);
            Begin(Watch(live, channel, gas), again: true);
        }
    }

    /// <summary>The phase of what is measured from now on.</summary>
    public async Task EnterAsync(LiveJob live, string phase, GasRoute? route, OtherInstrumentStep? step, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        string text = Find(live)?.Phases.Enter(now, phase, route) ?? phase;
        string data = JsonSerializer.Serialize(new
        {
            phase, route = route is { } known ? GasPhases.Word(known) : null, from_utc = now, gas = step?.Members.GetValueOrDefault("gas"),
            fraction_ppm = Number(step, "fraction_ppm"), flow_ml_per_min = Number(step, "flow_ml_per_min"),
        });
        JobEvent told = tools.Ledger.Event(live.Id, "ms-phase", $"gas line: {text}", Find(live)?.Channel.ToString()) with { DataJson = data };
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Events = [told] }, CancellationToken.None), cancellationToken);
    }

    /// <summary>The job has ended: the plan too, and the carrier goes through the cell again. Does not wait.</summary>
    public void End(LiveJob live)
    {
        _finished.TryRemove(live.Id, out _);
        _toldOfErrors.TryRemove(live.Id, out _);
        EndWatch(live);
    }

    private void EndWatch(LiveJob live)
    {
        if (_watches.TryRemove(live.Id, out GasWatch? watch))
        {
            _ = Task.Run(() => EndAsync(watch));
        }
    }

    private static double? Number(OtherInstrumentStep? step, string member) =>
        step?.Members.TryGetValue(member, out string? text) == true ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static bool Uses(LiveJob live) => live.Job.Program.Steps.OfType<OtherInstrumentStep>().Any(step => step.Role == PipelineSpec.MassSpectrometerRole);

    private (ChannelAddress Channel, GasSetup Gas) Line(LiveJob live)
    {
        PipelineSpec? pipeline = pipelines.Of(live);
        return pipeline?.Gas is { } gas && pipeline.Roles.TryGetValue(PipelineSpec.MassSpectrometerRole, out ChannelAddress channel)
            ? (channel, gas)
            : throw new DeviceFaultException(FaultKind.Configuration, live.Channel.Device, $"pipeline {live.Job.Pipeline} says nothing about its mass spectrometer (role ms, gas)");
    }

    private GasWatch Watch(LiveJob live, ChannelAddress channel, GasSetup gas) => new(live, channel, gas, tools, journal, timings, clocks)
    {
        OnLost = reason => OnLost?.Invoke(live, gas.OnFailure, reason) ?? Task.CompletedTask,
    };

    private void Begin(GasWatch watch, bool again)
    {
        watch.Phases.Enter(clocks.Lab.GetUtcNow(), GasPhases.Run, again || Panels.IsByHand(watch.Setup) ? null : GasRoute.Cell);
        if (_watches.TryAdd(watch.Live.Id, watch))
        {
            _ = Task.Run(watch.RunAsync);
        }
    }

    private static string Reports(ChannelAddress channel, GasAnalyzerStatus status) =>
        $"{channel} reports {string.Join("; ", status.Errors)}; mend that, then resume the job{(status.EmissionOn ? "" : ": the emission is switched on again then")}";

    /// <summary>Emission, errors, pressure, valves. An instrument remembers why its source tripped until there is emission again: who resumes a job that has
    /// told of it says that it is mended. Null when it can measure.</summary>
    private async Task<string?> NotReadyAsync(LiveJob live, ChannelAddress channel, GasSetup gas, CancellationToken cancellationToken)
    {
        (DeviceSupervisor supervisor, IGasAnalyzer analyzer) = tools.Require<IGasAnalyzer>(channel.Device, "is no mass spectrometer");
        GasAnalyzerStatus status = await supervisor.RunAsync((_, token) => analyzer.InspectAsync(token), cancellationToken);
        bool mended = _toldOfErrors.ContainsKey(live.Id) && !status.EmissionOn && gas.ChamberPascals is not null;
        if (status.Errors.Count > 0 && !mended)
        {
            _toldOfErrors[live.Id] = true;
            return Reports(channel, status);
        }

        if (!status.EmissionOn && gas.ChamberPascals is null)
        {
            return $"the emission of {channel} is off; read the chamber's own gauge, switch the emission on at the instrument, then resume the job";
        }

        if (!status.EmissionOn)
        {
            status = await supervisor.RunAsync(
                async (_, token) =>
                {
                    await analyzer.SwitchOnAsync(gas.ChamberPascals!.Value, token);
                    return await analyzer.InspectAsync(token);
                },
                cancellationToken);
            if (status.Errors.Count > 0)
            {
                return Reports(channel, status);
            }
        }

        if (!Panels.IsByHand(gas))
        {
            await Panels.SwitchAsync(gas, GasRoute.Cell, cancellationToken);
        }

        return null;
    }

    /// <summary>What the analysis needs beside the ion currents, as it was when the job began.</summary>
    private Task StoreSetupAsync(LiveJob live, ChannelAddress channel, GasSetup gas)
    {
        CarrierFlow? carrier = Panels.Carrier(gas);
        string data = JsonSerializer.Serialize(new
        {
            device = channel.ToString(), serial = tools.Lanes.Find(channel.Device)?.Identity?.Serial, model = tools.Lanes.Find(channel.Device)?.Identity?.Model,
            masses = gas.Masses, interval_s = gas.Interval.TotalSeconds, dwell_s = gas.DwellSeconds, panel = gas.Panel?.Value,
            carrier = carrier is null ? null : new
            {
                flow_ml_min = carrier.MillilitresPerMinute, reference_c = carrier.ReferenceCelsius, reference_pa = carrier.ReferencePascals,
                relative_uncertainty = carrier.RelativeUncertainty, mol_per_s = carrier.MolesPerSecond,
            },
            transit_delay_s = gas.TransitDelaySeconds, mixing_time_s = gas.MixingSeconds,
        });
        JobEvent told = tools.Ledger.Event(
            live.Id, "ms-setup", $"{channel} measures m/z {string.Join(", ", gas.Masses)} every {gas.Interval.TotalSeconds:0.###} s beside the job", channel.ToString()) with { DataJson = data };
        return journal.CommitAsync(new JournalWrite { Events = [told] }, CancellationToken.None);
    }

    /// <summary>The plan ends if it can; the carrier goes through the cell again, however long that takes: nobody after this job may look at the valves.</summary>
    private async Task EndAsync(GasWatch watch)
    {
        await watch.EndAsync();
        try
        {
            string? plan = await TryAsync(() => StopPlanAsync(watch));
            string? valves = await TryAsync(() => SweepAsync(watch));
            if ((plan ?? valves) is not null)
            {
                await tools.Alarms.RaiseAsync(
                    AlarmIds.Gas(watch.Live.Id), valves is null ? AlarmSeverity.Warning : AlarmSeverity.Critical,
                    $"Job {watch.Live.Id} has ended, but its gas line was not left as it should be: {string.Join("; ", new[] { plan, valves }.OfType<string>())}. Look at "
                    + (valves is null ? $"{watch.Channel}" : $"the panel: gas may not go through the cell; it is tried again"), watch.Live.Id, watch.Channel.ToString());
            }

            while (valves is not null)
            {
                await Task.Delay(timings.StageRetry, clocks.Wall, tools.Lanes.Stopping);
                valves = await TryAsync(() => SweepAsync(watch));
                if (valves is null && plan is null)
                {
                    await tools.Alarms.ClearAsync(AlarmIds.Gas(watch.Live.Id));
                }
            }
        }
        catch (OperationCanceledException) when (tools.Lanes.Stopping.IsCancellationRequested)
        {
            // the service ends; a valve that is released sweeps the cell
        }
    }

    /// <returns>Why it was not done; null when it was.</returns>
    private async Task<string?> TryAsync(Func<Task> action)
    {
        await _gate.WaitAsync(tools.Lanes.Stopping);
        try
        {
            await action();
            return null;
        }
        catch (DeviceFaultException fault)
        {
            return fault.Message;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task StopPlanAsync(GasWatch watch)
    {
        (DeviceSupervisor supervisor, IGasAnalyzer analyzer) = tools.Require<IGasAnalyzer>(watch.Channel.Device, "is no mass spectrometer");
        if (_watches.Values.All(other => other.Channel != watch.Channel))
        {
            await supervisor.RunAsync(
                async (_, token) =>
                {
                    await analyzer.StopAsync(token);
                    return true;
                },
                tools.Lanes.Stopping);
        }
    }

    /// <summary>Not where another job has the panel meanwhile.</summary>
    private Task SweepAsync(GasWatch watch) => Panels.IsByHand(watch.Setup) || _watches.Values.Any(other => other.Setup.Panel == watch.Setup.Panel)
        ? Task.CompletedTask
        : Panels.SwitchAsync(watch.Setup, GasRoute.Cell, tools.Lanes.Stopping);
}
