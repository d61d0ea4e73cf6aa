using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Hosted;
using CellLab.Engine.Gas;
using CellLab.Engine.Live;
using CellLab.Engine.Observing;
using CellLab.Engine.Operated;
using CellLab.Engine.Setup;
using CellLab.Engine.Sources;
using CellLab.Engine.Stages;
using CellLab.Engine.Triggers;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>The parts of the Engine, put together once.</summary>
internal sealed class EngineParts
{
    public EngineParts(
        EngineSetup setup, IJournal journal, LiveJobs jobs, Clocks clocks, ILogger logger, Action<string, string> told, Func<DeviceId, TimeSpan?> pollIntervalOf,
        IDeviceLanes lanes)
    {
        Alarms = new AlarmDesk(journal, clocks, logger);
        Rest = new RestVoltages(journal);
        Ledger = new JobLedger(journal, jobs, clocks, logger);
        Views = new DeviceViews(jobs, clocks.Wall);
        var cells = new CellCheck(journal, Rest);
        Pipelines = new PipelineBook(setup.Pipelines);
        var leases = new SourceLeases(Pipelines, lanes, setup.Timings, clocks.Wall);
        var tools = new StageTools(Ledger, Alarms, lanes, setup.Timings, clocks, logger);
        Gas = new GasDesk(tools, Pipelines, journal, setup.Timings, clocks);
        Starter = new JobStarter(journal, Ledger, Alarms, cells, Rest, leases, Gas, clocks, logger);
        Dispatcher = new JobDispatcher(jobs, Starter, Ledger, journal, setup.Timings, clocks, logger, lanes);
        Stopper = new JobStopper(Ledger, Alarms, setup.Timings, clocks, logger);
        var operated = new OperatedStarts(journal, jobs, Starter);
        var seams = new SegmentSeams(Ledger, Dispatcher, clocks);
        var handovers = new Handovers(leases, Gas, Starter, Ledger, Alarms, lanes, setup.Timings, clocks.Wall, logger);
        var stages = new StageDesk(tools, StageWorks.All(tools, Gas, Pipelines, Rest, journal, setup.Timings, clocks), seams, Pipelines, leases, setup.Timings, clocks, logger);
        (Starter.StageDue, Starter.LeaseDue) = (stages.Begin, handovers.Begin);
        Stages = new StageCommands(stages, tools, Dispatcher, Gas, clocks);
        Pauser = new JobPauser(Ledger, Starter, operated, handovers, Stages);
        var losses = new GasLossPolicy(Ledger, Pauser, Stopper, Stages, lanes, logger);
        Gas.OnLost = losses.ApplyAsync;
        stages.OnLost = losses.ApplyAsync;
        Submission = new JobSubmission(journal, jobs, Ledger, cells, Dispatcher, new StageCheck(Pipelines, stages, Observers, lanes));
        Continuation = new JobContinuation(journal, jobs, Ledger, Alarms, cells);
        Watchdog = new JobWatchdog(jobs, Ledger, Alarms, pollIntervalOf, setup.Timings, clocks, logger);
        Clocks = new ClockWatch(jobs, Pipelines, Ledger, journal, lanes, setup.Timings, clocks, logger);
        HostedWatch = new HostedWatch(jobs, Ledger, Alarms, setup.HostedTimings, clocks, logger);
        Parking = new HostedParking(Ledger, Alarms, setup.HostedTimings, clocks.Wall);
        var outcomes = new JobOutcomes(Ledger, Stopper, seams, Alarms);
        PipelineCheck = new PipelineCheck(setup.Pipelines, Alarms);
        var turns = new JobTurns(journal, jobs, Ledger, Stopper, outcomes, Alarms, Observers, setup.Timings, clocks, logger);
        Turns = new EngineTurns(jobs, turns, Starter, operated, Dispatcher, Stopper, Views, Rest, Alarms, PipelineCheck, told);
        turns.Progressed += job => told("progress", job.Value);
        Triggers = new TriggerDesk(setup, journal, Alarms, lanes, new TriggerHold(jobs, Pauser, lanes).HoldAsync, clocks, logger, job => told("progress", job.Value))
        {
            ClocksOf = Clocks.NotesOf,
            OnLost = (job, policy, reason) => jobs.Find(job) is { } live ? losses.ApplyAsync(live, policy, "diffractometer", reason) : Task.CompletedTask,
        };
        Observers.Add(Triggers);
        Alarms.Changed += alarm => told("alarm", alarm.Id);
        Ledger.JobChanged += live =>
        {
            if (live.Job.State.IsFinal())
            {
                if (StaysOnChannel(live))
                {
                    Rest.Rests(live.Job, live.Channel);
                }

                leases.Forget(live);
                Gas.End(live);
                Dispatcher.MoveUp(live.Channel);
            }

            Observers.Changed(live.Job);
            told("job", live.Id.Value);
        };
    }

    /// <summary>Whoever acts on committed rows of jobs.</summary>
    public JobObservers Observers { get; } = new();

    public AlarmDesk Alarms { get; }

    public RestVoltages Rest { get; }

    public JobLedger Ledger { get; }

    public DeviceViews Views { get; }

    public JobStarter Starter { get; }

    public JobDispatcher Dispatcher { get; }

    public JobContinuation Continuation { get; }

    public JobStopper Stopper { get; }

    public JobPauser Pauser { get; }

    public PipelineBook Pipelines { get; }

    public StageCommands Stages { get; }

    public GasDesk Gas { get; }

    public JobSubmission Submission { get; }

    public JobWatchdog Watchdog { get; }

    public ClockWatch Clocks { get; }

    public HostedWatch HostedWatch { get; }

    public HostedParking Parking { get; }

    public PipelineCheck PipelineCheck { get; }

    public EngineTurns Turns { get; }

    public TriggerDesk Triggers { get; }

    /// <summary>The cell still stands on its cycler's channel: the job's last segment ran there, or on an instrument for which nobody plugs it over.</summary>
    private bool StaysOnChannel(LiveJob live) =>
        live.Previous is { Stage: not CellCheck.TakenOut } last
        && live.PreviousOnCycler?.Channel == live.Channel
        && (last.Channel == live.Channel || Pipelines.Of(live)?.WiringOf(last.Channel) != Wiring.ByHand);
}
