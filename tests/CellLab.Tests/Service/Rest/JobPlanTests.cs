using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using CellLab.Service.Offline.Preview;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Tests.Service.Rest;

/// <summary>The story's job charges and discharges at 0.1C: ten hours each on a plain cell.</summary>
public sealed class JobPlanTests
{
    private static readonly Job Job = Stories.Job("abcdefgh2345", "lmno");
    private static readonly ProtocolPreview Plan = ProtocolRehearsal.Play(Job.Program, new RehearsalSetup { Base = Job.Base, StartsAt = Stories.Noon }, CancellationToken.None);

    [Fact]
    public void A_job_on_its_plan_ends_when_planned()
    {
        PlanView view = JobPlans.Of(Job, Plan, At(step: 2, seconds: 15 * 3600), Stories.Noon.AddHours(15));

        Assert.Equal((1, 0.75), (view.Cycles, Math.Round(view.Fraction!.Value, 2)));
        Assert.InRange((view.ExpectedEndUtc!.Value - Stories.Noon).TotalHours, 19.7, 20.3);
    }

    [Fact]
    public void A_slower_job_is_expected_to_stay_slow()
    {
        PlanView view = JobPlans.Of(Job, Plan, At(step: 2, seconds: 25 * 3600), Stories.Noon.AddHours(25));
        PlanView early = JobPlans.Of(Job, Plan, At(step: 1, seconds: 3600), Stories.Noon.AddHours(1));

        Assert.Equal(1, view.Fraction); // its step has taken longer than the plan has left
        Assert.InRange((early.ExpectedEndUtc!.Value - Stories.Noon).TotalHours, 19.7, 20.3);
    }

    [Fact]
    public void Without_a_plan_or_progress_nothing_is_promised()
    {
        Assert.Null(JobPlans.Of(Job, null, At(1, 10), Stories.Noon).Cycles);
        Assert.Null(JobPlans.Of(Job, Plan, null, Stories.Noon).ExpectedEndUtc);
    }

    private static JobProgress At(int step, double seconds) => new(Job.Id, 10, 1, "main", 1, step, step, seconds, 3.5, 5e-5, Stories.Noon, 1);
}
