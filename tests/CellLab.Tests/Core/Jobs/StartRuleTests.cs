using CellLab.Core.Jobs;
using CellLab.Tests.Engine;

namespace CellLab.Tests.Core.Jobs;

public sealed class StartRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string, JobState, JobVerdict?, StartAnswer> Before => new()
    {
        { "lmno-1", JobState.Completed, JobVerdict.Complete, StartAnswer.Start },
        { "lmno-2", JobState.Completed, JobVerdict.Complete, StartAnswer.Wait },
        { "lmno-1", JobState.Completed, JobVerdict.CompleteWithGaps, StartAnswer.Wait },
        { "lmno-1", JobState.Failed, JobVerdict.Limit, StartAnswer.Wait },
        { "lmno-1", JobState.Cancelled, JobVerdict.Aborted, StartAnswer.Wait },
        { "lmno-1", JobState.Cancelled, null, StartAnswer.Wait },
    };

    [Theory]
    [MemberData(nameof(Before))]
    public void Only_the_same_cell_after_a_complete_job_goes_on_without_a_person(string sample, JobState state, JobVerdict? verdict, StartAnswer expected)
    {
        Job before = EngineBench.NewJob(sample) with { State = state, Verdict = verdict };

        StartDecision decision = StartRule.Decide(EngineBench.NewJob(), before, Now, Hour);

        Assert.Equal(expected, decision.Answer);
        Assert.Equal(expected == StartAnswer.Wait, decision.Reason.Contains(before.Id.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, StartAnswer.Later)]
    [InlineData(0, StartAnswer.Start)]
    [InlineData(60, StartAnswer.Start)]
    [InlineData(61, StartAnswer.Wait)]
    public void A_start_missed_by_more_than_the_lateness_needs_a_person(int minutesAfter, StartAnswer expected) =>
        Assert.Equal(expected, StartRule.Decide(EngineBench.NewJob() with { NotBeforeUtc = Now.AddMinutes(-minutesAfter) }, null, Now, Hour).Answer);

    [Fact]
    public void A_start_that_had_to_wait_for_the_channel_is_late_only_from_its_release()
    {
        Job before = EngineBench.NewJob() with { State = JobState.Completed, Verdict = JobVerdict.Complete, EndedAtUtc = Now.AddMinutes(-10) };
        Job job = EngineBench.NewJob() with { NotBeforeUtc = Now.AddHours(-5) };

        Assert.Equal(StartAnswer.Start, StartRule.Decide(job, before, Now, Hour).Answer);
        Assert.Equal(StartAnswer.Wait, StartRule.Decide(job, before, Now.AddMinutes(51), Hour).Answer);
    }
}
