using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Engine.Alarms;
using CellLab.Engine.Hosted;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>What a turn's outcome means for the job's state: the recovery table of the instruments that run programs by themselves.</summary>
internal sealed class JobOutcomes(JobLedger ledger, JobStopper stopper, SegmentSeams seams, AlarmDesk alarms)
{
    public Task ApplyAsync(LiveJob live, DeviceSupervisor supervisor, FollowedReading reading, ChannelStatus? status) =>
        reading.Outcome switch
        {
            FollowOutcome.Following => FollowAsync(live, supervisor, status, reading.Records.Count > 0),
            FollowOutcome.Complete => CompleteAsync(live),
            FollowOutcome.EndedEarly => EndedEarlyAsync(live, status),
            FollowOutcome.Overrun => OverrunAsync(live, status),
            _ => AwayAsync(live, status),
        };

    /// <param name="hasData">A channel that says it runs but brings no records has not recovered.</param>
    private async Task FollowAsync(LiveJob live, DeviceSupervisor supervisor, ChannelStatus? status, bool hasData)
    {
        switch (live.Job.State, status?.State)
        {
            case (JobState.Stopping, ChannelState.Running or ChannelState.Paused) when supervisor.Capability<IProgramRunner>() is { } runner:
                await stopper.InsistAsync(live, runner);
                break;
            case (JobState.Running or JobState.Recovering, ChannelState.Running) when live.Tracker?.LeftTo is not null && supervisor.Capability<IProgramRunner>() is { } runner:
                await stopper.InsistAsync(live, runner);
                break;
            case (JobState.Running or JobState.Recovering, ChannelState.Paused):
                await HoldAsync(live, supervisor.Capability<HostedProgramRunner>()?.HeldBecause(live.Channel));
                break;
            case (JobState.Running, ChannelState.Running) when hasData:
                await ClearAsync(live);
                break;
            case (JobState.Paused, ChannelState.Running) when supervisor.Capability<HostedProgramRunner>()?.IsUnconfirmed(live.Channel) is not true: // an output that may be on shows as running
            case (JobState.Recovering, ChannelState.Running) when hasData:
                await ledger.SignalAsync(live, JobSignal.Continued, $"{live.Channel} runs");
                await ClearAsync(live);
                break;
        }
    }

    /// <param name="because">Why the service itself holds a cell that it steps; null when a person has paused the test.</param>
    private async Task HoldAsync(LiveJob live, string? because)
    {
        await ledger.SignalAsync(live, JobSignal.Held, because is null ? $"{live.Channel} is paused" : $"{live.Channel} is held: {because}");
        if (because is not null)
        {
            string text = $"Job {live.Id}: {because}. The output is off, confirmed; resume or stop the job";
            await alarms.RaiseAsync(AlarmIds.Held(live.Id), AlarmSeverity.Critical, text, live.Id, live.Channel.ToString());
        }
    }

    private async Task CompleteAsync(LiveJob live)
    {
        if (live.Job.State == JobState.Stopping)
        {
            await ledger.SignalAsync(live, JobSignal.ProgramEnded, "the program had ended when the stop arrived");
        }
        else if (live.Tracker is { AtLastStep: false, LeftTo: null } tracker)
        {
            string text = $"the instrument reports the end after executed step {tracker.StepCount} of its program, before the end";
            await alarms.RaiseAsync(AlarmIds.Data(live.Id), AlarmSeverity.Critical, $"Job {live.Id}: {text}", live.Id, live.Channel.ToString());
            await ledger.SignalAsync(live, JobSignal.Broken, text, job => job with { Verdict = JobVerdict.Error });
        }
        else if (live.Tracker is { } followed)
        {
            await seams.GoOnAsync(live, followed);
        }

        await ClearOverAsync(live);
    }

    private async Task EndedEarlyAsync(LiveJob live, ChannelStatus? status)
    {
        if (live is { Tracker: { LeftTo: not null } tracker, Job.State: not JobState.Stopping })
        {
            await seams.GoOnAsync(live, tracker); // stopped as planned, when a repeat had met its condition
            await ClearOverAsync(live);
            return;
        }

        if (live.LastStopAtWall is not null && live.Job.State != JobState.Stopping)
        {
            // our own stop, which the store could not take at the time
            await ledger.SignalAsync(live, JobSignal.StopRequested, "stopped on command");
        }

        if (live.Job.State == JobState.Stopping)
        {
            JobVerdict verdict = live.Job.Verdict ?? JobVerdict.Aborted;
            JobSignal signal = verdict == JobVerdict.Limit ? JobSignal.Broken : JobSignal.StopDone;
            await ledger.SignalAsync(live, signal, live.Job.StateReason, job => job with { Verdict = verdict });
            await alarms.ClearOfJobAsync(live.Id);
            return;
        }

        if (live.Job.State != JobState.Paused)
        {
            string text = $"{live.Channel} ended the test by itself or was stopped at the instrument: '{status?.StateText}'";
            await ledger.SignalAsync(live, JobSignal.Held, text);
            await alarms.RaiseAsync(
                AlarmIds.Held(live.Id), AlarmSeverity.Critical, $"Job {live.Id}: {text}. All its records are here; stop the job once the cause is known", live.Id, live.Channel.ToString());
        }
    }

    private async Task OverrunAsync(LiveJob live, ChannelStatus? status)
    {
        string text = $"another test ({status?.TestId}, '{status?.Barcode}') has been started on {live.Channel}; the channel is left alone";
        await alarms.RaiseAsync(AlarmIds.Overrun(live.Id), AlarmSeverity.Critical, $"Job {live.Id}: {text}", live.Id, live.Channel.ToString());
        await ledger.SignalAsync(live, JobSignal.Broken, text, job => job with { Verdict = JobVerdict.Error });
        await alarms.ClearOfJobAsync(live.Id);
    }

    private async Task AwayAsync(LiveJob live, ChannelStatus? status)
    {
        if (live.Job.State is JobState.Running or JobState.Paused)
        {
            await ledger.SignalAsync(live, JobSignal.Lost, $"{live.Channel} is away ('{status?.StateText}')");
        }

        await alarms.RaiseAsync(
            AlarmIds.NoData(live.Id), AlarmSeverity.Critical, $"Job {live.Id}: {live.Channel} is away ('{status?.StateText}'); nothing is concluded from that", live.Id, live.Channel.ToString());
    }

    /// <summary>After a segment: what is beside the cycler lasts on until the job has ended.</summary>
    private Task ClearOverAsync(LiveJob live) => live.Job.State.IsFinal()
        ? alarms.ClearOfJobAsync(live.Id)
        : alarms.ClearOfJobAsync(live.Id, AlarmIds.Gas(live.Id), AlarmIds.Stage(live.Id), AlarmIds.Trigger(live.Id));

    private async Task ClearAsync(LiveJob live)
    {
        await alarms.ClearAsync(AlarmIds.NoData(live.Id));
        await alarms.ClearAsync(AlarmIds.Stop(live.Id));
        await alarms.ClearAsync(AlarmIds.Held(live.Id));
    }
}
