using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Hosted;
using CellLab.Engine.Live;
using CellLab.Engine.Operated;
using CellLab.Engine.Setup;
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
        Starter = new JobStarter(journal, Ledger, Alarms, cells, Rest, clocks, logger);
        Dispatcher = new JobDispatcher(jobs, Starter, Ledger, journal, setup.Timings, clocks, logger, lanes);
        Stopper = new JobStopper(Ledger, Alarms, setup.Timings, clocks, logger);
        var operated = new OperatedStarts(journal, jobs, Starter);
        Pauser = new JobPauser(Ledger, Starter, operated);
        Submission = new JobSubmission(journal, jobs, Ledger, cells, Dispatcher);
        Continuation = new JobContinuation(journal, jobs, Ledger, Alarms, cells);
        Watchdog = new JobWatchdog(jobs, Ledger, Alarms, pollIntervalOf, setup.Timings, clocks);
        HostedWatch = new HostedWatch(jobs, Ledger, Alarms, setup.HostedTimings, clocks, logger);
        Parking = new HostedParking(Ledger, Alarms, setup.HostedTimings, clocks.Wall);
        var outcomes = new JobOutcomes(Ledger, Stopper, new SegmentSeams(Ledger, Dispatcher, clocks), Alarms);
        var turns = new JobTurns(journal, jobs, Ledger, Stopper, outcomes, Alarms, setup.Timings, clocks, logger);
        Turns = new EngineTurns(jobs, turns, Starter, operated, Dispatcher, Stopper, Views, Rest, Alarms, told);
        turns.Progressed += job => told("progress", job.Value);
        Alarms.Changed += alarm => told("alarm", alarm.Id);
        Ledger.JobChanged += live =>
        {
            if (live.Job.State.IsFinal())
            {
                if (live.Previous?.Channel == live.Channel)
                {
                    Rest.JobEnded(live.Job, live.Channel);
                }

                Dispatcher.MoveUp(live.Channel);
            }

            told("job", live.Id.Value);
        };
    }

    public AlarmDesk Alarms { get; }

    public RestVoltages Rest { get; }

    public JobLedger Ledger { get; }

    public DeviceViews Views { get; }

    public JobStarter Starter { get; }

    public JobDispatcher Dispatcher { get; }

    public JobContinuation Continuation { get; }

    public JobStopper Stopper { get; }

    public JobPauser Pauser { get; }

    public JobSubmission Submission { get; }

    public JobWatchdog Watchdog { get; }

    public HostedWatch HostedWatch { get; }

    public HostedParking Parking { get; }

    public EngineTurns Turns { get; }
}
