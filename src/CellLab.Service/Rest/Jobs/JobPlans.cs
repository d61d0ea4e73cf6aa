using System.Collections.Concurrent;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using CellLab.Service.Offline.Preview;

namespace CellLab.Service.Rest.Jobs;

/// <summary>How far a job is in what it was planned to be. A job's program is rehearsed once, on a plain cell of its capacity; where the job has been
/// faster or slower than that so far, the rest is taken to go on like it.</summary>
internal sealed class JobPlans
{
    /// <summary>A pace outside this says more about a gap or a broken cell than about the rest.</summary>
    private const double SlowestPace = 4;
    private const double FastestPace = 0.25;

    private readonly ConcurrentDictionary<JobId, Lazy<Task<ProtocolPreview?>>> rehearsed = new();

    public async Task<PlanView> ViewAsync(Job job, JobProgress? progress, DateTimeOffset labNow, CancellationToken cancellationToken)
    {
        ProtocolPreview? plan = await rehearsed.GetOrAdd(job.Id, _ => new Lazy<Task<ProtocolPreview?>>(() => Task.Run(() => Rehearse(job)))).Value
            .WaitAsync(cancellationToken);
        return Of(job, plan, progress, labNow);
    }

    internal static PlanView Of(Job job, ProtocolPreview? plan, JobProgress? progress, DateTimeOffset labNow)
    {
        if (plan is null)
        {
            return new PlanView(job.Id.Value, null, null, null, null, "the program could not be rehearsed");
        }

        double? done = job.State.IsFinal() ? null : Done(plan, progress);
        DateTimeOffset? end = progress is null || done is null ? null : labNow.AddSeconds((plan.DurationS - done.Value) * Pace(done.Value, progress));
        double? fraction = done is { } seconds && plan.DurationS > 0 ? Math.Clamp(seconds / plan.DurationS, 0, 1) : null;
        return new PlanView(job.Id.Value, plan.Cycles.Count, plan.DurationS, fraction, end, plan.Estimate);
    }

    /// <summary>Seconds of the plan that lie behind the job: within the step it is in by the job's own time; by whole cycles beyond the steps that a plan lists.</summary>
    private static double? Done(ProtocolPreview plan, JobProgress? progress)
    {
        if (progress is null)
        {
            return null;
        }

        return plan.Executed.FirstOrDefault(step => step.StepCount == progress.StepCount) is { } step
            ? Math.Clamp(progress.TestTimeSeconds, step.StartS, step.StartS + step.DurationS)
            : plan.DurationS * Math.Clamp((progress.Cycle - 1.0) / Math.Max(1, plan.Cycles.Count), 0, 1);
    }

    private static double Pace(double done, JobProgress progress) =>
        done > 0 ? Math.Clamp(progress.TestTimeSeconds / done, FastestPace, SlowestPace) : 1;

    private static ProtocolPreview? Rehearse(Job job)
    {
        try
        {
            return ProtocolRehearsal.Play(job.Program, new RehearsalSetup { Base = job.Base, StartsAt = job.SubmittedAtUtc }, CancellationToken.None);
        }
        catch (Exception refused) when (refused is ArgumentException or Core.Programs.StepNeverEndsException)
        {
            return null;
        }
    }
}

/// <param name="Cycles">Planned; null without a plan, so too the others.</param>
/// <param name="Fraction">Of the planned time that lies behind it, 0 to 1; null for a job that does not run.</param>
/// <param name="ExpectedEndUtc">Lab time, by the plan and the pace so far.</param>
/// <param name="Estimate">What the plan rests on, in words.</param>
internal sealed record PlanView(
    string Job, int? Cycles, double? DurationS, double? Fraction, DateTimeOffset? ExpectedEndUtc, string Estimate);
