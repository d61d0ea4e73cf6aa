using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Stages;

/// <summary>Does the steps of a job that are not the cycler's, each as a segment of its own: begin, work, end, on a task of the step. What is under way is in
/// the journal, so that a restart does the step anew.</summary>
internal sealed class StageDesk(
    StageTools tools, IReadOnlyList<IStageWork> works, SegmentSeams seams, PipelineBook pipelines, SourceLeases leases, EngineTimings timings, Clocks clocks, ILogger logger)
{
    private readonly ConcurrentDictionary<JobId, StageRun> _runs = new();

    /// <summary>What a failed instrument means for the job, by the pipeline's policy: job, policy, instrument, reason.</summary>
    public Func<LiveJob, GasLoss, string, string, Task>? OnLost { get; set; }

    public StageRun? Find(LiveJob live) => _runs.GetValueOrDefault(live.Id);

    public IEnumerable<StageRun> UnderWay => _runs.Values;

    /// <summary>The job is in a step that switches an output on.</summary>
    public bool Drives(LiveJob live) =>
        live.Segment is { Stage: not null } segment && live.Plan.StageAt(segment.FirstPlace)?.Other is { } step && WorkFor(step)?.DrivesCell == true;

    public IStageWork? WorkFor(OtherInstrumentStep step) => works.FirstOrDefault(work => work.Does(step));

    /// <summary>The cycler is off, read back; the step is due.</summary>
    public void Begin(LiveJob live, NextSegment next) => Start(live, next.Stage!, (run, token) => BeginAsync(run, next, token));

    /// <summary>After a restart, or after a person has looked: the step is done anew.</summary>
    /// <param name="answeredBy">Who has looked; null after a restart.</param>
    public void Again(LiveJob live, string? answeredBy = null)
    {
        if (live.Segment is { Stage: not null } segment && live.Plan.StageAt(segment.FirstPlace)?.Other is { } step)
        {
            Start(live, step, AgainAsync, answeredBy);
        }
    }

    private void Start(LiveJob live, OtherInstrumentStep step, Func<StageRun, CancellationToken, Task> doing, string? answeredBy = null)
    {
        IStageWork work = WorkFor(step)!;
        var run = new StageRun(live, step, ChannelFor(live, step), work, tools.Ledger, clocks, tools.Lanes.Stopping);
        if (!_runs.TryAdd(live.Id, run))
        {
            run.Dispose();
            return; // asked twice at the same moment
        }

        if (answeredBy is not null)
        {
            run.AnswerBy(answeredBy);
        }

        run.Task = Task.Run(() => RunAsync(run, doing), CancellationToken.None);
    }

    private async Task RunAsync(StageRun run, Func<StageRun, CancellationToken, Task> doing)
    {
        try
        {
            await doing(run, run.Token);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            // called off, or the service ends: the step is in the journal
        }
        catch (StorageException failure)
        {
            Log.StoreFailed(logger, $"The step '{run.Step.Kind}' of job {run.Live.Id}", failure.Message);
        }
#pragma warning disable CA1031 // a defect in one kind of step must not leave its job without a word
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            Log.StageFailed(logger, run.Live.Id, run.Step.Kind, unexpected);
            await HoldAsync(run, $"'{run.Step.Kind}' failed: {unexpected.Message}");
        }
        finally
        {
            Leave(run);
            run.Dispose();
        }
    }

    private async Task BeginAsync(StageRun run, NextSegment next, CancellationToken cancellationToken)
    {
        if (run.Work.DrivesCell && !await LeasedAsync(run, cancellationToken))
        {
            return;
        }

        Segment segment = next.StageBegun(run.Live, run.Channel, clocks.Lab.GetUtcNow());
        var together = new JournalWrite
        {
            Segments = [segment],
            Events = [tools.Ledger.Event(run.Live.Id, "stage", $"step {run.Step.Number}, '{run.Step.Kind}', begins as segment {segment.Index}: {run.Step.CellText}", run.Channel.ToString())],
        };
        JobSignal signal = run.Work.IsAnswered(run) ? JobSignal.MustWait : JobSignal.StageBegan;
        bool begun = false;
        await tools.PersistAsync(
            async () => begun = await tools.Ledger.SignalAsync(
                run.Live, signal, run.Work.Reason(run), job => job with { Behind = null, StartedAtUtc = job.StartedAtUtc ?? segment.StartedAtUtc }, together),
            cancellationToken);
        if (begun)
        {
            await tools.Alarms.ClearAsync(AlarmIds.Start(run.Live.Id));
            await tools.Alarms.ClearAsync(AlarmIds.Stage(run.Live.Id));
            await WorkAsync(run, cancellationToken);
        }
    }

    private async Task AgainAsync(StageRun run, CancellationToken cancellationToken)
    {
        if (run.Work.DrivesCell)
        {
            await tools.OpenUntilConfirmedAsync(run.Live, run.Live.Segment!.Channel, cancellationToken);
            while (await leases.TakeAsync(run.Live, run.Channel, cancellationToken) is { Outcome: not LeaseOutcome.Granted } answer)
            {
                if (answer.Outcome == LeaseOutcome.Refused)
                {
                    await HoldAsync(run, answer.Reason);
                    return;
                }

                await run.TellAsync($"waits: {answer.Reason}", urgent: true);
                await Task.Delay(timings.StageRetry, clocks.Wall, cancellationToken);
            }
        }

        await WorkAsync(run, cancellationToken);
    }

    private async Task WorkAsync(StageRun run, CancellationToken cancellationToken)
    {
        StageEnd end;
        try
        {
            end = await run.Work.RunAsync(run, cancellationToken);
        }
        catch (DeviceFaultException fault)
        {
            end = new StageEnd("", fault.Message);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (run.Work.DrivesCell)
        {
            await tools.OpenUntilConfirmedAsync(run.Live, run.Channel, cancellationToken);
            leases.GiveBack(run.Live, run.Channel);
        }

        if (end.Held is { } held)
        {
            GasLoss policy = pipelines.Of(run.Live)?.LossOf(run.Step.Role) ?? GasLoss.Hold;
            if (policy != GasLoss.GoOn || !run.Work.DrivesCell)
            {
                await HoldAsync(run, held);
                StopIfSo(run, policy, held);
                return;
            }

            end = new StageEnd($"not done, because {held}; the pipeline's rule is to go on without it");
            await tools.Alarms.RaiseAsync(
                AlarmIds.Without(run.Live.Id, run.Step.Role), AlarmSeverity.Warning, $"Job {run.Live.Id}: step {run.Step.Number}, '{run.Step.Kind}', was {end.Text}", run.Live.Id, run.Channel.ToString());
        }

        Leave(run); // the next step may be one of these too
        await tools.PersistAsync(() => FinishAsync(run, end), cancellationToken);
    }

    private async Task FinishAsync(StageRun run, StageEnd end)
    {
        Segment segment = run.Live.Segment!;
        TrackerState state = TrackerState.FromToken(segment.EngineToken) with { StepCount = 1, SegmentSeconds = Math.Max(0, run.Seconds) };
        string? pause = StageToken.Of(segment).PauseBy is { } who ? $"paused by {who} after '{run.Step.Kind}'" : null;
        await tools.Alarms.ClearAsync(AlarmIds.Stage(run.Live.Id));
        await seams.GoOnAsync(
            run.Live, new RecordTracker(run.Live.Job, segment with { EngineToken = state.ToToken() }), end.Then ?? pause,
            tools.Ledger.Event(run.Live.Id, "stage", $"step {run.Step.Number}, '{run.Step.Kind}', is over: {end.Text}", run.Channel.ToString()));
        if (run.Live.Job.State.IsFinal())
        {
            await tools.Alarms.ClearOfJobAsync(run.Live.Id);
        }
        else if (end.Then is { } then)
        {
            await tools.Alarms.RaiseAsync(AlarmIds.Held(run.Live.Id), AlarmSeverity.Warning, $"Job {run.Live.Id} waits: {then}", run.Live.Id, run.Live.Channel.ToString());
        }
    }

    /// <summary>Waits for an instrument that does not answer; a person is asked for everything else.</summary>
    private async Task<bool> LeasedAsync(StageRun run, CancellationToken cancellationToken)
    {
        while (true)
        {
            LeaseAnswer answer = await leases.TakeAsync(run.Live, run.Channel, cancellationToken);
            if (answer.Outcome == LeaseOutcome.Granted)
            {
                return true;
            }

            if (answer.Outcome == LeaseOutcome.Refused)
            {
                Leave(run); // first: whoever is asked may answer before this task has ended, and the step then begins anew
                await tools.WaitForPersonAsync(run.Live, answer.Reason);
                return false;
            }

            await run.TellAsync($"step {run.Step.Number}, '{run.Step.Kind}', waits: {answer.Reason}", urgent: true);
            await tools.Alarms.RaiseAsync(AlarmIds.Stage(run.Live.Id), AlarmSeverity.Warning, $"Job {run.Live.Id} waits: {answer.Reason}", run.Live.Id, run.Channel.ToString());
            await Task.Delay(timings.StageRetry, clocks.Wall, cancellationToken);
            if (run.Live.Job.State is not (JobState.Queued or JobState.Waiting))
            {
                return false;
            }
        }
    }

    /// <summary>The job is held with the step not done; a resume does it anew.</summary>
    private async Task HoldAsync(StageRun run, string reason)
    {
        Leave(run); // as above: a resume may come at once
        string text = $"step {run.Step.Number}, '{run.Step.Kind}', is held: {reason}";
        await tools.Ledger.SignalAsync(run.Live, run.Live.InStage ? JobSignal.Held : JobSignal.MustWait, text);
        await tools.Alarms.RaiseAsync(AlarmIds.Held(run.Live.Id), AlarmSeverity.Critical, $"Job {run.Live.Id}: {text}. Resume the job to do it anew, or stop it", run.Live.Id, run.Channel.ToString());
    }

    /// <summary>On a task of its own: a stop waits for this stage to end.</summary>
    private void StopIfSo(StageRun run, GasLoss policy, string reason)
    {
        if (policy == GasLoss.Stop && run.Work.DrivesCell && OnLost is { } stop)
        {
            _ = Task.Run(() => stop(run.Live, policy, "potentiostat", reason));
        }
    }

    private void Leave(StageRun run) => _runs.TryRemove(new KeyValuePair<JobId, StageRun>(run.Live.Id, run));

    private ChannelAddress ChannelFor(LiveJob live, OtherInstrumentStep step) =>
        pipelines.Of(live) is { } pipeline && pipeline.Roles.TryGetValue(step.Role, out ChannelAddress channel) ? channel : live.Channel;
}
