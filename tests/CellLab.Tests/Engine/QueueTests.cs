using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

public sealed class QueueTests
{
    [Theory]
    [InlineData("lmno-1", "sample", "sample 'lmno-1' is in job")]
    [InlineData("lmno-2", "pipeline", "is used by job")]
    public async Task Nobody_queues_by_mistake(string sample, string field, string said)
    {
        await using var bench = await EngineBench.StartAsync();
        Job first = await bench.RunningJobAsync();

        var refusal = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.SubmitAsync(sample));

        Assert.Equal(field, refusal.Field);
        Assert.Contains($"{said} {first.Id}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--queue", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await bench.Journal.ReadJobsAsync(default));
    }

    [Fact]
    public async Task The_same_cell_goes_on_by_itself_after_a_complete_job()
    {
        await using var bench = await EngineBench.StartAsync();
        Job first = await bench.RunningJobAsync();
        Job second = await bench.QueueAsync();
        Job third = await bench.QueueAsync();

        Assert.Equal((JobState.Queued, first.Id, second.Id), (second.State, second.Behind, third.Behind));
        Assert.Contains($"behind job {first.Id}", second.StateReason, StringComparison.Ordinal);
        bench.Cell.Volts = 2.31; // relaxed from 2 V: far from the last record
        bench.FinishOneCycle();

        await bench.ReachesAsync(second.Id, JobState.Running);
        Assert.Equal(JobState.Queued, (await bench.JobAsync(third.Id)).State);
        bench.FinishOneCycle();
        await bench.ReachesAsync(third.Id, JobState.Running);
        Assert.Equal(3, bench.Cell.Starts);
    }

    [Fact]
    public async Task Another_cell_waits_until_a_person_has_put_it_in()
    {
        await using var bench = await EngineBench.StartAsync();
        Job first = await bench.RunningJobAsync();
        Job second = await bench.QueueAsync("lmno-2");
        bench.FinishOneCycle();

        await bench.ReachesAsync(second.Id, JobState.Waiting);
        await bench.AlarmAsync($"start-{second.Id}");
        Assert.Contains("put in sample 'lmno-2'", (await bench.JobAsync(second.Id)).StateReason, StringComparison.Ordinal);
        Assert.Equal(1, bench.Cell.Starts);

        await bench.Engine.ResumeAsync(second.Id, "anna", default);
        await bench.ReachesAsync(second.Id, JobState.Running);
        Assert.Equal(JobState.Completed, (await bench.JobAsync(first.Id)).State);
    }

    [Fact]
    public async Task A_resumed_job_with_the_wrong_cell_is_not_started()
    {
        await using var bench = await EngineBench.StartAsync();
        await bench.RunningJobAsync();
        Job second = await bench.QueueAsync("lmno-2");
        bench.Cell.Volts = 2.2; // the first cell, discharged, is still in
        bench.FinishOneCycle();
        await bench.ReachesAsync(second.Id, JobState.Waiting);

        await bench.Engine.ResumeAsync(second.Id, "anna", default);

        Job held = await bench.JobAsync(second.Id);
        Assert.Equal(JobState.Waiting, held.State);
        Assert.Contains("2.200 V, expected 2.500", held.StateReason, StringComparison.Ordinal);
        Assert.Equal(1, bench.Cell.Starts);

        await bench.Engine.ResumeAsync(second.Id, "pre-lithiated", "anna", default);

        Job running = await bench.JobAsync(second.Id);
        Assert.Equal((JobState.Running, "pre-lithiated", 2), (running.State, running.AcceptOcvReason, bench.Cell.Starts));
        Assert.Equal(
            new (string, string?)[] { ("anna", null), ("anna", "pre-lithiated") },
            (await bench.Journal.ReadAuditAsync(0, 100, default)).Where(entry => entry.Command == "job resume").Select(entry => (entry.Who, entry.Reason)));
    }

    [Fact]
    public async Task Behind_a_job_that_was_stopped_nothing_starts_by_itself()
    {
        await using var bench = await EngineBench.StartAsync();
        Job first = await bench.RunningJobAsync();
        Job second = await bench.QueueAsync();

        await bench.Engine.StopAsync(first.Id, "smells", "anna", default);

        await bench.ReachesAsync(second.Id, JobState.Waiting);
        Assert.Contains($"job {first.Id} before it ended Cancelled", (await bench.JobAsync(second.Id)).StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_place_in_the_middle_closes_up()
    {
        await using var bench = await EngineBench.StartAsync();
        Job first = await bench.RunningJobAsync();
        Job second = await bench.QueueAsync("lmno-2");
        Job third = await bench.QueueAsync();

        await bench.Engine.StopAsync(second.Id, "not needed", "anna", default);

        Assert.Equal(JobState.Cancelled, (await bench.JobAsync(second.Id)).State);
        await Eventually.TrueAsync(async () => (await bench.JobAsync(third.Id)).Behind == first.Id, "third job behind the first");
        bench.FinishOneCycle();
        await bench.ReachesAsync(third.Id, JobState.Running);
    }

    [Fact]
    public async Task The_queue_is_the_same_after_a_restart()
    {
        await using var bench = await EngineBench.StartAsync();
        await bench.RunningJobAsync();
        Job second = await bench.QueueAsync();
        Job third = await bench.QueueAsync("lmno-2");

        await bench.RestartAsync();
        bench.FinishOneCycle();
        await bench.ReachesAsync(second.Id, JobState.Running);
        await bench.RestartAsync(() =>
        {
            bench.FinishOneCycle();
            return Task.CompletedTask;
        });

        await bench.ReachesAsync(third.Id, JobState.Waiting);
        Assert.Equal(2, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_queued_job_cannot_be_pushed_forward_by_a_resume()
    {
        await using var bench = await EngineBench.StartAsync();
        await bench.RunningJobAsync();
        Job second = await bench.QueueAsync();

        await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.ResumeAsync(second.Id, "anna", default));

        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_start_that_submit_and_reconnect_ask_for_at_the_same_moment_is_one_start_without_an_alarm()
    {
        await using var bench = await EngineBench.StartAsync();
        var (jobMayBeStored, clearMayBeStored) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (jobHeld, clearHeld) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Disk.Hold = write =>
        {
            TaskCompletionSource? reached = write.Jobs.Any(job => job.State == JobState.Queued) ? jobHeld : write.Alarms.Any(alarm => !alarm.Active) ? clearHeld : null;
            reached?.TrySetResult();
            return reached == jobHeld ? jobMayBeStored.Task : reached == clearHeld ? clearMayBeStored.Task : null;
        };
        Task<Job> submit = bench.SubmitAsync();
        await jobHeld.Task;
        bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "cut");
        await Eventually.TrueAsync(() => bench.Engine.Devices[0].State == DeviceState.Disconnected, "link lost");
        bench.Cycler.Broken = null;
        await clearHeld.Task; // connected; its jobs are settled next

        jobMayBeStored.SetResult();
        Job job = await submit;
        clearMayBeStored.SetResult();

        await bench.ReachesAsync(job.Id, JobState.Running);
        await bench.Engine.PauseAsync(job.Id, "anna", default); // passes through the same lane, behind whatever was asked before
        Assert.Equal(1, bench.Cell.Starts);
        Assert.DoesNotContain(await bench.Journal.ReadAlarmsAsync(true, default), alarm => alarm.Id.StartsWith("start-", StringComparison.Ordinal));
    }
}
