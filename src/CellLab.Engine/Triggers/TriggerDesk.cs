using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Rules;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Observing;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Triggers;

/// <summary>The triggers of all jobs whose program has a trigger step and whose pipeline has a diffractometer.</summary>
internal sealed class TriggerDesk(
    EngineSetup setup, IJournal journal, AlarmDesk alarms, IDeviceLanes lanes, Func<JobId, bool, Task<string?>> hold, Clocks clocks, ILogger logger, Action<JobId> changed)
    : IJobObserver
{
    private readonly ConcurrentDictionary<JobId, TriggerRunner> _runs = new();
    private readonly ConcurrentDictionary<JobId, Task> _tasks = new();

    /// <summary>What is known of the clocks of a job's instruments.</summary>
    public Func<JobId, IReadOnlyList<ClockNote>> ClocksOf { get; init; } = _ => [];

    /// <summary>What a failed diffractometer means for the job: job, policy, reason.</summary>
    public Func<JobId, GasLoss, string, Task>? OnLost { get; init; }

    /// <summary>Goes on with what was open when the service ended, also of jobs that have ended since.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        journal.CompanionsCommitted += Committed;
        foreach (TriggerMemory memory in await journal.ReadOpenTriggerMemoriesAsync(cancellationToken))
        {
            if (await journal.ReadJobAsync(memory.Job, cancellationToken) is { } job)
            {
                Begin(job);
            }
        }
    }

    public async Task StopAsync()
    {
        journal.CompanionsCommitted -= Committed;
        await Task.WhenAll(_tasks.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline)
    {
        if (!TriggerStepReader.IsTrigger(step))
        {
            return $"nothing in this service does a '{step.Kind}' beside the cycler; remove the step";
        }

        return step.Role != TriggerMemberNames.Role
            ? $"a trigger goes to a diffractometer (target: {TriggerMemberNames.Role}), not to {step.Role}"
            : LineOf(pipeline) is null ? $"the device behind role {TriggerMemberNames.Role} of pipeline {pipeline.Id} has no trigger output; correct the pipeline's roles" : null;
    }

    public void Committed(Job job, Segment segment, IReadOnlyList<RecordRow> rows)
    {
        if (_runs.TryGetValue(job.Id, out TriggerRunner? run))
        {
            run.Give(new RowsIn(rows));
        }
    }

    /// <summary>A job has another state: its triggers begin when it runs and end with it.</summary>
    public void Changed(Job job)
    {
        if (job.State is JobState.Starting or JobState.Running && job.Program.Beside.Any(beside => TriggerStepReader.IsTrigger(beside.Step)))
        {
            Begin(job);
        }
        else if (job.State.IsFinal() && _runs.TryGetValue(job.Id, out TriggerRunner? run))
        {
            run.Give(new JobEndedIn(job.State == JobState.Completed));
        }
    }

    /// <exception cref="DeskRefusedException">The job has no diffractometer, or does not run.</exception>
    public async Task<TriggerIntent> TriggerAsync(Job job, string who, CancellationToken cancellationToken)
    {
        if (job.State is not (JobState.Running or JobState.Paused or JobState.Recovering))
        {
            throw new DeskRefusedException($"job {job.Id} is {job.State}; a pattern belongs to a job that has begun and has not ended", "job");
        }

        TriggerRunner run = Begin(job) ?? throw new DeskRefusedException($"pipeline '{job.Pipeline}' has no diffractometer (role {TriggerMemberNames.Role}) that can be triggered", "job");
        var answer = new TaskCompletionSource<TriggerIntent>(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Give(new ManualIn(who, answer));
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Null for a job without triggers.</summary>
    public TriggerView? ViewOf(JobId job) => _runs.TryGetValue(job, out TriggerRunner? run)
        ? new TriggerView(run.State, run.Counts.Fired, run.Counts.Recorded, run.Counts.Missed, run.Counts.Unconfirmed)
        : null;

    /// <summary>The run of a job; by hand also for one without trigger steps. Null without a diffractometer.</summary>
    private TriggerRunner? Begin(Job job)
    {
        if (_runs.TryGetValue(job.Id, out TriggerRunner? present))
        {
            return present;
        }

        if (setup.Pipelines.FirstOrDefault(found => found.Id == job.Pipeline) is not { } pipeline || LineOf(pipeline) is not { } line)
        {
            return null;
        }

        var parts = new TriggerRunParts(job, line, journal, alarms, setup.Derived, setup.Patterns?.Invoke(line.Device, line.PatternFolder), hold, setup.Timings, clocks, logger)
        {
            OnFailure = pipeline.LossOf(PipelineSpec.DiffractionRole),
            ClocksOf = ClocksOf,
            OnLost = OnLost ?? ((_, _, _) => Task.CompletedTask),
        };
        var run = new TriggerRunner(parts);
        if (!_runs.TryAdd(job.Id, run))
        {
            return _runs[job.Id];
        }

        if (job.State.IsFinal())
        {
            run.Give(new JobEndedIn(job.State == JobState.Completed));
        }

        _tasks[job.Id] = Task.Run(() => GuardAsync(job.Id, run));
        return run;
    }

    private async Task GuardAsync(JobId job, TriggerRunner run)
    {
        try
        {
            await run.RunAsync(lanes.Stopping);
            _runs.TryRemove(job, out _);
        }
        catch (OperationCanceledException) when (lanes.Stopping.IsCancellationRequested)
        {
            // stored: the next start goes on with it
        }
#pragma warning disable CA1031 // triggers never stop cycling, whatever goes wrong with them
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.TriggersFailed(logger, job, defect);
            _runs.TryRemove(job, out _);
            await alarms.RaiseAsync(AlarmIds.Trigger(job), Core.Events.AlarmSeverity.Warning, $"Job {job}: its triggers have ended ({defect.Message}). Cycling goes on", job, null);
        }
        finally
        {
            _tasks.TryRemove(job, out _);
            changed(job);
        }
    }

    private TriggerLine? LineOf(PipelineSpec pipeline)
    {
        IDevice? device = pipeline.Roles.TryGetValue(TriggerMemberNames.Role, out ChannelAddress channel)
            ? setup.Devices.FirstOrDefault(found => found.Device.Id == channel.Device)?.Device
            : null;
        return device is not null && device.TryGet<ITriggerOutput>(out var output)
            ? new TriggerLine(device.Id, output, device.TryGet<IPatternFolder>(out var folder) ? folder : null, lanes, clocks)
            : null;
    }

    private void Committed(IReadOnlyList<CompanionRow> committed)
    {
        foreach (IGrouping<JobId, CompanionRow> rows in committed.GroupBy(row => row.Job))
        {
            if (_runs.TryGetValue(rows.Key, out TriggerRunner? run))
            {
                run.Give(new CompanionsIn([.. rows]));
            }
        }
    }
}
