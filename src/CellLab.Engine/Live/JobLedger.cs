using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Live;

/// <summary>Moves jobs from state to state: the pure table decides, the journal remembers, then memory follows.</summary>
internal sealed class JobLedger(IJournal journal, LiveJobs jobs, Clocks clocks, ILogger logger)
{
    /// <summary>Told after a job's new state is durable.</summary>
    public event Action<LiveJob>? JobChanged;

    /// <summary>Applies a signal. An illegal one changes nothing.</summary>
    /// <param name="change">Further members of the job that change with it.</param>
    /// <param name="together">What has to become durable in the same transaction.</param>
    public async Task<bool> SignalAsync(
        LiveJob live, JobSignal signal, string reason, Func<Job, Job>? change = null, JournalWrite? together = null)
    {
        await live.Gate.WaitAsync();
        try
        {
            if (JobStateMachine.Next(live.Job.State, signal) is not { } next)
            {
                Log.IllegalSignal(logger, live.Id, signal, live.Job.State);
                return false;
            }

            await StoreAsync(live, Move(live.Job, next, reason, change), together ?? new JournalWrite());
        }
        finally
        {
            live.Gate.Release();
        }

        Log.JobState(logger, live.Id, live.Job.Sample, live.Job.State, reason);
        if (live.Job.State.IsFinal())
        {
            jobs.Remove(live);
        }

        JobChanged?.Invoke(live);
        return true;
    }

    /// <summary>Changes members of a job without a change of state.</summary>
    /// <param name="together">What has to become durable in the same transaction.</param>
    public async Task AmendAsync(LiveJob live, Func<Job, Job> change, JournalWrite? together = null)
    {
        await live.Gate.WaitAsync();
        try
        {
            Job amended = change(live.Job);
            await journal.CommitAsync((together ?? new JournalWrite()) with { Jobs = [amended] }, CancellationToken.None);
            live.Stored(amended);
            foreach (Segment segment in together?.Segments ?? [])
            {
                live.Stored(segment);
            }
        }
        finally
        {
            live.Gate.Release();
        }

        JobChanged?.Invoke(live);
    }

    /// <summary>Waits for a change that is under way: who has read a state in the store finds it in memory too.</summary>
    public static async Task SettledAsync(LiveJob live, CancellationToken cancellationToken)
    {
        await live.Gate.WaitAsync(cancellationToken);
        live.Gate.Release();
    }

    /// <summary>An event of a job, stamped with both clocks.</summary>
    public JobEvent Event(JobId? job, string kind, string text, string? device = null) =>
        new(0, clocks.Lab.GetUtcNow(), clocks.Wall.GetUtcNow(), job, device, kind, text);

    public AuditEntry Audit(string who, string command, string target, string? reason, string result) =>
        new(0, clocks.Wall.GetUtcNow(), who, command, target, reason, result);

    private Job Move(Job job, JobState next, string reason, Func<Job, Job>? change)
    {
        Job moved = job with { State = next, StateReason = reason };
        if (next.IsFinal())
        {
            moved = moved with { EndedAtUtc = clocks.Lab.GetUtcNow() };
        }

        return change is null ? moved : change(moved);
    }

    /// <summary>A state that has been reached is stored whatever happens to the caller: no token.</summary>
    private async Task StoreAsync(LiveJob live, Job moved, JournalWrite together)
    {
        Segment[] segments = [.. together.Segments, .. Ended(live, moved)];
        var write = together with
        {
            Jobs = [.. together.Jobs, moved],
            Segments = segments,
            Events = [.. together.Events, Event(live.Id, "job-state", $"{moved.State}: {moved.StateReason}", live.Channel.ToString())],
        };
        await journal.CommitAsync(write, CancellationToken.None);
        live.Stored(moved);
        foreach (Segment segment in segments)
        {
            live.Stored(segment);
        }
    }

    /// <summary>The last segment ends with its job. Final states of a job that has one are reached on the device's task alone, which also writes
    /// the segment.</summary>
    private static IEnumerable<Segment> Ended(LiveJob live, Job moved) =>
        moved.State.IsFinal() && live.Segment is { EndedAtUtc: null } last ? [last with { EndedAtUtc = moved.EndedAtUtc }] : [];
}
