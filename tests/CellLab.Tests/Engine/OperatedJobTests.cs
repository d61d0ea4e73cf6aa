using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

/// <summary>Jobs on a tester that only a person can start and stop.</summary>
public sealed class OperatedJobTests
{
    [Fact]
    public async Task A_job_waits_with_the_task_and_runs_when_the_test_is_seen_under_its_barcode()
    {
        await using EngineBench bench = await EngineBench.StartAsync(operated: true);
        Job job = await WaitingAsync(bench);
        await bench.RestartAsync(); // the task outlives the service
        JobState still = (await bench.JobAsync(job.Id)).State;
        bench.Cell.Begin($"lmno-1_{job.Id.Short}");
        await bench.ReachesAsync(job.Id, JobState.Running);
        bench.FinishOneCycle();
        await bench.ReachesAsync(job.Id, JobState.Completed);

        Assert.Contains($"start 'one cycle' on a as lmno-1_{job.Id.Short}", job.StateReason, StringComparison.Ordinal);
        Assert.Equal(JobState.Waiting, still);
        Assert.Equal("2", Assert.Single(await bench.Journal.ReadSegmentsAsync(job.Id, default)).TestId);
    }

    [Fact]
    public async Task A_test_of_another_name_is_taken_only_when_a_person_says_so()
    {
        await using EngineBench bench = await EngineBench.StartAsync(operated: true);
        Job job = await WaitingAsync(bench);
        var refused = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.ResumeAsync(job.Id, "tester", default));
        bench.Cell.Begin("typed otherwise");
        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        JobState unconfirmed = (await bench.JobAsync(job.Id)).State;

        Job running = await bench.Engine.ResumeAsync(job.Id, "tester", default);

        Assert.Contains("no new test", refused.Message, StringComparison.Ordinal);
        Assert.Equal((JobState.Waiting, JobState.Running), (unconfirmed, running.State));
        Assert.Contains("a person, who confirms that the test named 'typed otherwise'", running.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_not_confirmed_until_the_test_has_ended()
    {
        await using EngineBench bench = await EngineBench.StartAsync(operated: true);
        Job job = await WaitingAsync(bench);
        bench.Cell.Begin($"lmno-1_{job.Id.Short}");
        await bench.ReachesAsync(job.Id, JobState.Running);
        var open = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Engine.StopAsync(job.Id, "enough", "tester", default));
        JobState stopping = (await bench.JobAsync(job.Id)).State;
        await bench.AlarmAsync("stop");
        bench.Cell.State = ChannelState.Stopped;
        await bench.ReachesAsync(job.Id, JobState.Cancelled);

        Assert.Contains("NOT confirmed", open.Message, StringComparison.Ordinal);
        Assert.Contains("stop a by hand", open.Message, StringComparison.Ordinal);
        Assert.Equal((JobState.Stopping, 0), (stopping, bench.Cell.Stops));
    }

    [Fact]
    public async Task A_stop_that_comes_while_the_test_is_being_recognised_is_one_of_a_running_cell_and_not_of_a_waiting_job()
    {
        await using EngineBench bench = await EngineBench.StartAsync(operated: true);
        Job job = await WaitingAsync(bench);
        var (seen, stored) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Disk.Hold = write =>
        {
            if (!write.Jobs.Any(kept => kept.State == JobState.Running))
            {
                return null;
            }

            seen.TrySetResult();
            return stored.Task;
        };
        bench.Cell.Begin($"lmno-1_{job.Id.Short}");
        await seen.Task;
        Task<Job> stop = bench.Engine.StopAsync(job.Id, "enough", "tester", default);
        stored.SetResult();
        var open = await Assert.ThrowsAsync<DeviceFaultException>(() => stop);

        Assert.Contains("NOT confirmed", open.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Stopping, (await bench.JobAsync(job.Id)).State);
        Assert.Equal(1, (await bench.Journal.ReadAuditAsync(0, 100, default)).Count(entry => entry.Command == "job stop"));
    }

    private static async Task<Job> WaitingAsync(EngineBench bench)
    {
        Job job = await bench.SubmitAsync();
        await Eventually.TrueAsync(async () => (await bench.JobAsync(job.Id)).State == JobState.Waiting, "a job that waits for a person");
        return await bench.JobAsync(job.Id);
    }
}
