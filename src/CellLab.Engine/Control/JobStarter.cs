using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Gas;
using CellLab.Engine.Live;
using CellLab.Engine.Operated;
using CellLab.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>Starts a job's program on its channel: intent durable, then the command, then the segment. Runs on the device's task. A start whose
/// outcome is not known is settled by comparing the intent with the instrument; it is never repeated blindly.</summary>
internal sealed class JobStarter(
    IJournal journal, JobLedger ledger, AlarmDesk alarms, CellCheck cells, RestVoltages rest, SourceLeases leases, GasDesk gas, Clocks clocks, ILogger logger)
{
    /// <summary>The cycler is off, and the job's next step is not the cycler's.</summary>
    public Action<LiveJob, NextSegment>? StageDue { get; set; }

    /// <summary>The job is to go on, and its mass spectrometer is not up, or the cell's other sources have not been read back yet.</summary>
    public Action<LiveJob>? LeaseDue { get; set; }

    /// <summary>Does nothing for a job that has been started already, or cancelled, by somebody else who asked at the same moment.</summary>
    public async Task StartAsync(LiveJob live, IDevice device, CancellationToken cancellationToken)
    {
        if (live.Job.State is not (JobState.Queued or JobState.Waiting))
        {
            return;
        }

        (IChannelBank bank, IProgramRunner runner) = Capabilities(device);
        if (await NextAsync(live) is not { } next)
        {
            return;
        }

        if (!gas.IsUp(live) || (next.Stage is null && !leases.Allows(live, live.Channel)))
        {
            LeaseDue?.Invoke(live);
            return;
        }

        ChannelStatus before = await bank.InspectAsync(live.Channel, cancellationToken);
        if (before.State is ChannelState.Running or ChannelState.Paused or ChannelState.Unknown or ChannelState.Faulted)
        {
            await HoldAsync(live, $"{live.Channel} is '{before.StateText}', not free; free it, then resume the job");
            return;
        }

        if (await cells.RefusalAsync(live.Job, live, null, before, cancellationToken) is { } refusal)
        {
            await HoldAsync(live, $"{live.Channel}: {refusal}; resume the job when that is mended");
            return;
        }

        if (next.Stage is not null)
        {
            StageDue?.Invoke(live, next);
            return;
        }

        await StartAsync(live, next, before, device, runner, cancellationToken);
    }

    private async Task StartAsync(
        LiveJob live, NextSegment next, ChannelStatus before, IDevice device, IProgramRunner runner, CancellationToken cancellationToken)
    {
        var intent = new StartIntent(live.Id, next.Index, live.Channel, before.TestId, live.Barcode, clocks.Lab.GetUtcNow());
        if (device.TryGet<OperatedProgramRunner>(out var operated))
        {
            await HoldAsync(live, OperatedStarts.Task(operated, live, next.Program), new JournalWrite { Intents = [intent] });
            return;
        }

        if (!await ledger.SignalAsync(live, JobSignal.Leased, $"starting on {live.Channel}", together: new JournalWrite { Intents = [intent] }))
        {
            return;
        }

        try
        {
            ChannelStatus started = await EngineTracing.DeviceAsync(
                "job start", live.Channel.Device, () => runner.StartAsync(live.Channel, next.Program, live.Barcode, cancellationToken),
                ("celllab.job", live.Id.Value), ("celllab.channel", live.Channel.ToString()));
            await AdoptAsync(live, intent, started, "started");
        }
        catch (DeviceFaultException refused) when (!refused.IsTransient)
        {
            Log.StartFailed(logger, live.Id, refused.Message);
            await RefusedAsync(live, intent, refused.Message);
        }
    }

    /// <summary>Settles an open intent: ours and new = adopt; the test before and at rest = not started, a person decides; anything else = hands off.</summary>
    public async Task SettleAsync(LiveJob live, IDevice device, CancellationToken cancellationToken)
    {
        StartIntent? intent = (await journal.ReadIntentsAsync(live.Id, cancellationToken)).LastOrDefault(found => found.Outcome is null);
        if (intent is null)
        {
            return;
        }

        (IChannelBank bank, _) = Capabilities(device);
        ChannelStatus found = await bank.InspectAsync(live.Channel, cancellationToken);
        switch (StartVerdicts.Compare(intent, found))
        {
            case StartVerdict.Ours:
                await AdoptAsync(live, intent, found, "found running after an interrupted start");
                break;
            case StartVerdict.NotStarted when live.Job.State == JobState.Stopping:
                await StoppedBeforeAsync(live, intent, "not started");
                break;
            case StartVerdict.NotStarted:
                await HoldAsync(live, $"the start on {live.Channel} did not take effect (the channel is '{found.StateText}'); resume the job to start it, or stop it", Closed(intent, "not started"));
                break;
            default:
                await ledger.SignalAsync(live, JobSignal.Lost, $"{live.Channel} is '{found.StateText}' with test {found.TestId}, barcode {found.Barcode}: unclear");
                await alarms.RaiseAsync(
                    AlarmIds.Start(live.Id),
                    AlarmSeverity.Critical,
                    $"Job {live.Id}: it is unclear what runs on {live.Channel} ('{found.StateText}', test {found.TestId}, barcode '{found.Barcode}'); nothing is sent to it. Look at the instrument, then resume or stop the job",
                    live.Id,
                    live.Channel.ToString());
                break;
        }
    }

    private async Task<NextSegment?> NextAsync(LiveJob live)
    {
        try
        {
            if (NextSegment.Of(live.Job, live.Plan, live.Previous) is { } next)
            {
                return next;
            }

            await HoldAsync(live, "nothing of its program is left; stop the job");
        }
        catch (ArgumentOutOfRangeException implausible)
        {
            await HoldAsync(live, $"{implausible.Message}; stop the job");
        }

        return null;
    }

    /// <summary>The test that is found is the job's.</summary>
    public async Task AdoptAsync(LiveJob live, StartIntent intent, ChannelStatus found, string how)
    {
        Segment segment = NextSegment.Of(live.Job, live.Plan, live.Previous)!.Started(live, found, clocks.Lab.GetUtcNow());
        rest.JobBegan(live.Job.Sample, live.Channel);
        JournalWrite together = Closed(intent, how) with { Segments = [segment] };
        live.LastDataAtLab = clocks.Lab.GetUtcNow();
        live.LastDataAtWall = clocks.Wall.GetTimestamp();
        if (live.Job.State != JobState.Stopping
            && await ledger.SignalAsync(live, JobSignal.Started, $"test {segment.TestId} on {live.Channel}: {how}", job => job with { Behind = null }, together))
        {
            await alarms.ClearAsync(AlarmIds.Start(live.Id));
        }
        else if (live.Job.State == JobState.Stopping)
        {
            await journal.CommitAsync(together, CancellationToken.None); // the stop goes on, also one that came at this moment; its records are fetched
            live.Stored(segment);
        }
    }

    private async Task RefusedAsync(LiveJob live, StartIntent intent, string reason)
    {
        await alarms.RaiseAsync(
            AlarmIds.Start(live.Id), AlarmSeverity.Warning, $"Job {live.Id} was not started: {reason}", live.Id, live.Channel.ToString());
        if (await ledger.SignalAsync(live, JobSignal.StartRefused, reason, job => job with { Verdict = JobVerdict.Error }, Closed(intent, "refused")))
        {
            await alarms.ClearOfJobAsync(live.Id);
        }
        else if (live.Job.State == JobState.Stopping)
        {
            await StoppedBeforeAsync(live, intent, "refused");
        }
    }

    /// <summary>A stop had come before the start took effect: nothing runs that could still be confirmed as stopped.</summary>
    private async Task StoppedBeforeAsync(LiveJob live, StartIntent intent, string outcome)
    {
        await ledger.SignalAsync(
            live, JobSignal.StopDone, "stopped before it began", job => job with { Verdict = JobVerdict.Aborted }, Closed(intent, outcome));
        await alarms.ClearOfJobAsync(live.Id);
    }

    /// <summary>The job waits for a person, who is told.</summary>
    public async Task HoldAsync(LiveJob live, string reason, JournalWrite? together = null)
    {
        if (!await ledger.SignalAsync(live, JobSignal.MustWait, reason, together: together))
        {
            return;
        }

        await alarms.RaiseAsync(AlarmIds.Start(live.Id), AlarmSeverity.Warning, $"Job {live.Id} waits: {reason}", live.Id, live.Channel.ToString());
    }

    private static JournalWrite Closed(StartIntent intent, string outcome) => new() { Intents = [intent with { Outcome = outcome }] };

    private static (IChannelBank Bank, IProgramRunner Runner) Capabilities(IDevice device) =>
        device.TryGet<IChannelBank>(out var bank) && device.TryGet<IProgramRunner>(out var runner)
            ? (bank, runner)
            : throw new DeviceFaultException(FaultKind.Rejected, device.Id, "this device cannot run a program by itself");
}
