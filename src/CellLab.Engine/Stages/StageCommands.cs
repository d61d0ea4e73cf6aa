using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Gas;
using CellLab.Engine.Hosted;
using CellLab.Engine.Live;

namespace CellLab.Engine.Stages;

/// <summary>What people, and the end of the service, ask of a step that is not the cycler's.</summary>
internal sealed class StageCommands(StageDesk desk, StageTools tools, JobDispatcher dispatcher, GasDesk gas, Clocks clocks)
{
    private static readonly TimeSpan Insisting = TimeSpan.FromSeconds(5);

    /// <summary>Cells that an instrument drives only as long as the service asks for it.</summary>
    public IEnumerable<string> Driven => desk.UnderWay.Where(IsDriving).Select(Place);

    /// <summary>Steps that were under way when the service ended.</summary>
    public void Recover(IEnumerable<LiveJob> jobs)
    {
        foreach (LiveJob live in jobs.Where(live => live.InStage).ToList())
        {
            if (live.Job.State == JobState.Stopping)
            {
                _ = Task.Run(() => InsistAsync(live));
            }
            else if (live.Job.State != JobState.Paused)
            {
                desk.Again(live);
            }
        }
    }

    /// <summary>Calls the step off and opens the circuit past everything.</summary>
    /// <returns>False when the job is not in such a step.</returns>
    /// <exception cref="DeviceFaultException">The open circuit is not confirmed; it is tried on.</exception>
    public async Task<bool> TryStopAsync(LiveJob live, string reason, AuditEntry audit)
    {
        StageRun? run = desk.Find(live);
        if (run is not null)
        {
            await run.CallOffAsync();
        }

        if (!live.InStage || live.Job.State is not (JobState.Running or JobState.Paused or JobState.Recovering or JobState.Stopping))
        {
            return false; // it waits: nothing is on
        }

        Task open = tools.OpenAsync(live.Segment!.Channel, desk.Drives(live));
        if (live.Job.State != JobState.Stopping)
        {
            await tools.Ledger.SignalAsync(live, JobSignal.StopRequested, reason, job => job with { Verdict = JobVerdict.Aborted }, new JournalWrite { Audit = [audit] });
        }

        try
        {
            await open;
        }
        catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException)
        {
            string text = $"Job {live.Id}: the stop of {live.Segment!.Channel} is NOT confirmed ({failure.Message}); it is tried again, go and look at the cell";
            await tools.Alarms.RaiseAsync(AlarmIds.Stop(live.Id), AlarmSeverity.Critical, text, live.Id, live.Segment.Channel.ToString());
            _ = Task.Run(() => InsistAsync(live));
            throw new DeviceFaultException(FaultKind.Unreachable, live.Segment.Channel.Device, text, failure);
        }

        await StoppedAsync(live);
        return true;
    }

    /// <summary>A step is not interrupted by a pause: the job is held when it is over.</summary>
    public Task PauseAfterAsync(LiveJob live, GivenBy by)
    {
        Segment marked = live.Segment! with { ResumeToken = new StageToken(by.Who).ToText() };
        return tools.Ledger.AmendAsync(
            live,
            job => job with { StateReason = $"{job.StateReason} (pauses after it, asked by {by})" },
            new JournalWrite { Segments = [marked], Audit = [tools.Ledger.Audit(by.Who, "job pause", live.Id.Value, by.Reason, "after the step")] });
    }

    /// <summary>Answers a step that waits for somebody, or does one anew that was held.</summary>
    public async Task ResumeAsync(LiveJob live, GivenBy by)
    {
        var together = new JournalWrite { Audit = [tools.Ledger.Audit(by.Who, "job resume", live.Id.Value, by.Reason, "confirmed")] };
        if (live.Job.State == JobState.Paused)
        {
            await tools.Ledger.SignalAsync(live, JobSignal.Continued, $"'{live.Segment!.Stage}' is done anew, resumed by {by}", together: together);
            await tools.Alarms.ClearAsync(AlarmIds.Held(live.Id));
            desk.Again(live, by.Who);
            return;
        }

        StageRun run = desk.Find(live) ?? throw new DeskRefusedException($"job {live.Id} is just going on; ask again", "job");
        await tools.Ledger.AmendAsync(live, job => job, together);
        run.AnswerBy(by.Who);
        await run.Task.WaitAsync(Insisting, clocks.Wall).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // so that the answer shows the job as it goes on
    }

    /// <summary>The job was held between two segments.</summary>
    /// <param name="acceptOcv">Why the cell's voltage may differ from the expected; null: it may not, also where a reason was given before the cell was taken out.</param>
    public async Task GoOnAsync(LiveJob live, string? acceptOcv, GivenBy by)
    {
        string? earlier = live.Previous?.Stage == CellCheck.TakenOut ? null : live.Job.AcceptOcvReason;
        var together = new JournalWrite { Audit = [tools.Ledger.Audit(by.Who, "job resume", live.Id.Value, by.ReasonWith(acceptOcv), "confirmed")] };
        if (await tools.Ledger.SignalAsync(live, JobSignal.SegmentEnded, $"resumed by {by}", job => job with { AcceptOcvReason = acceptOcv ?? earlier }, together))
        {
            await tools.Alarms.ClearAsync(AlarmIds.Held(live.Id));
            await ValvesAsync(live, by.Who);
            await dispatcher.ConsideredAsync(live).WaitAsync(Insisting, clocks.Wall).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // so that the answer shows a refusal
        }
    }

    /// <summary>After a calibration by hand the person was asked to lead the carrier through the cell again.</summary>
    private async Task ValvesAsync(LiveJob live, string who)
    {
        if (gas.Find(live) is { } watch && gas.Panels.IsByHand(watch.Setup) && live.Previous?.Stage == "dems_calibration")
        {
            gas.Panels.Confirm(watch.Setup, GasRoute.Cell, who, clocks.Lab.GetUtcNow());
            await gas.EnterAsync(live, GasPhases.Run, GasRoute.Cell, null, tools.Lanes.Stopping);
        }
    }

    /// <summary>The service ends: what is driven is opened; the step is done anew when the service is back.</summary>
    public IEnumerable<Task<ParkedCell>> Park() => desk.UnderWay.Where(IsDriving).ToList().Select(async run =>
    {
        await run.CallOffAsync();
        try
        {
            await tools.OpenAsync(run.Channel, drives: true);
            return new ParkedCell(true, $"{Place(run)}: opened, confirmed; '{run.Step.Kind}' is done anew when the service is back");
        }
        catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException)
        {
            return new ParkedCell(false, $"{Place(run)}: {failure.Message}");
        }
    });

    private static bool IsDriving(StageRun run) => run.Work.DrivesCell && run.Live.InStage;

    private static string Place(StageRun run) => $"job {run.Live.Id} ({run.Live.Job.Sample}) on {run.Channel}";

    private async Task InsistAsync(LiveJob live)
    {
        try
        {
            if (desk.Drives(live))
            {
                await tools.OpenUntilConfirmedAsync(live, live.Segment!.Channel, tools.Lanes.Stopping);
            }

            await StoppedAsync(live);
        }
        catch (OperationCanceledException)
        {
            // the service ends; the job is stored as stopping and this goes on at the next start
        }
    }

    private async Task StoppedAsync(LiveJob live)
    {
        if (live.Job.State == JobState.Stopping)
        {
            await tools.Ledger.SignalAsync(live, JobSignal.StopDone, live.Job.StateReason, job => job with { Verdict = job.Verdict ?? JobVerdict.Aborted });
        }

        await tools.Alarms.ClearOfJobAsync(live.Id);
    }
}
