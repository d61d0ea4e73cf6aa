using CellLab.Core.Jobs;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

public sealed class TimedStartTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(60);

    [Fact]
    public async Task A_job_starts_when_its_time_has_come()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Soon);

        Assert.Equal(JobState.Queued, job.State);
        Assert.StartsWith("starts at", job.StateReason, StringComparison.Ordinal);
        await bench.ReachesAsync(job.Id, JobState.Running);
        Assert.True((await bench.Journal.ReadIntentsAsync(job.Id, default))[0].WrittenAtUtc >= job.NotBeforeUtc);
    }

    [Fact]
    public async Task The_cell_is_looked_at_again_when_its_time_has_come()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Soon);
        bench.Cell.Volts = 1.1;

        await bench.ReachesAsync(job.Id, JobState.Waiting);

        Assert.Contains("1.100 V", (await bench.JobAsync(job.Id)).StateReason, StringComparison.Ordinal);
        Assert.Equal(0, bench.Cell.Starts);
    }

    [Theory]
    [InlineData(60, JobState.Running)]
    [InlineData(0, JobState.Waiting)]
    public async Task A_time_that_passed_while_the_service_was_away_is_made_up_for_unless_too_much_was_missed(int latenessMinutes, JobState expected)
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Soon);
        bench.StartLateness = TimeSpan.FromMinutes(latenessMinutes);

        await bench.RestartAsync(() => Eventually.TrueAsync(() => TimeProvider.System.GetUtcNow() > job.NotBeforeUtc, "its time to pass"));

        await bench.ReachesAsync(job.Id, expected);
        Assert.Equal(expected == JobState.Running ? 1 : 0, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_job_that_waits_for_its_time_can_be_cancelled()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, TimeSpan.FromHours(1));

        await bench.Engine.StopAsync(job.Id, "not needed", "anna", default);

        Assert.Equal((JobState.Cancelled, 0), ((await bench.JobAsync(job.Id)).State, bench.Cell.Starts));
        await bench.RunningJobAsync(); // the channel is free again
    }

    private static Task<Job> SubmitAsync(EngineBench bench, TimeSpan ahead) =>
        bench.Engine.SubmitAsync(EngineBench.NewJob() with { NotBeforeUtc = TimeProvider.System.GetUtcNow() + ahead }, default);
}
