using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Engine.Hosted;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>Jobs on an output that the service steps: the Engine treats them as it treats all others, but for what nobody else can do.</summary>
public sealed class HostedEngineTests
{
    private static readonly CurrentStep Long = TestPrograms.Current(1, 1, 4.8);

    [Fact]
    public async Task A_job_runs_to_its_end_with_every_row_numbered_once()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(
            new CurrentStep(1, "main", TestPrograms.OneC, 1, 15, 4.8), new RestStep(2, "main", 10), new CurrentStep(3, "main", -TestPrograms.OneC, -1, 15, 2.0));

        await bench.ReachesAsync(job.Id, JobState.Completed);

        IReadOnlyList<RecordRow> rows = await bench.RowsAsync(job.Id);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows.Select(row => row.Sequence));
        Assert.Equal([1, 2, 3], rows.Select(row => row.Record.StepId).Distinct());
        Assert.Equal(JobVerdict.Complete, (await bench.JobAsync(job.Id)).Verdict);
        Assert.False(bench.Meter.IsOn);
    }

    [Fact]
    public async Task An_ordered_end_opens_the_cell_and_pauses_the_job_and_a_resume_goes_on()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(new CurrentStep(1, "main", TestPrograms.OneC, 1, 60, 4.8));
        Assert.Single(bench.Engine.SteppedCells);
        Assert.Empty(bench.Engine.RunningCells);

        ParkedCell parked = Assert.Single(await bench.Engine.ParkAsync("the service was ended"));

        Assert.True(parked.Confirmed, parked.Text);
        Assert.False(bench.Meter.IsOn);
        Assert.Equal(JobState.Paused, (await bench.JobAsync(job.Id)).State);
        Assert.Empty(bench.Engine.SteppedCells);
        double seconds = (await bench.RowsAsync(job.Id))[^1].Record.StepTimeSeconds;

        await bench.KillAndRestartAsync();
        Assert.Equal(JobState.Paused, (await bench.JobAsync(job.Id)).State);
        await Eventually.TrueAsync(() => bench.Engine.Devices[0].Channels[0].Status.State == ChannelState.Paused, "the paused test taken over");
        await bench.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.ReachesAsync(job.Id, JobState.Completed);

        IReadOnlyList<RecordRow> rows = await bench.RowsAsync(job.Id);
        Assert.Contains(rows, row => row.Record.StepTimeSeconds > seconds);
        InstrumentRecord last = rows[^1].Record;
        Assert.InRange(last.StepTimeSeconds, 60, double.PositiveInfinity); // a busy machine notices the end some polls late
        Assert.Equal(TestPrograms.OneC * last.StepTimeSeconds / 3600, last.StepCapacityAmpereHours!.Value, 1e-7);
    }

    [Fact]
    public async Task After_a_kill_the_output_is_off_the_job_is_paused_with_an_alarm_and_can_be_resumed()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(Long);
        Assert.True(bench.Meter.IsOn);

        await bench.KillAndRestartAsync();

        await bench.ReachesAsync(job.Id, JobState.Paused);
        Assert.False(bench.Meter.IsOn);
        await bench.AlarmAsync("held-", "switched off at start-up");
        await bench.Engine.ResumeAsync(job.Id, "tester", default);
        await Eventually.TrueAsync(() => bench.Meter.IsOn, "current flows again");
        await Eventually.TrueAsync(
            async () => (await bench.Journal.ReadAlarmsAsync(false, default)).All(alarm => !alarm.Active || !alarm.Id.StartsWith("held-", StringComparison.Ordinal)),
            "the alarm's cause is gone");
        IReadOnlyList<RecordRow> rows = await bench.RowsAsync(job.Id);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows.Select(row => row.Record.RecordNumber));
    }

    [Fact]
    public async Task A_stop_overtakes_a_reading_that_hangs()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(Long);
        var hanging = new TaskCompletionSource();
        bench.Meter.Before = async (call, token) =>
        {
            if (call == "measure" && bench.Meter.IsOn)
            {
                hanging.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
        };
        await hanging.Task;

        await bench.Engine.StopAsync(job.Id, "test", "tester", default);

        Assert.False(bench.Meter.IsOn);
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
    }

    [Fact]
    public async Task A_device_that_falls_silent_is_opened_past_everything_and_the_alarm_says_so()
    {
        await using var bench = await HostedEngineBench.StartImpatientAsync();
        Job job = await bench.RunningJobAsync(Long);
        bench.Meter.Before = (call, token) => call == "measure" && bench.Meter.IsOn
            ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token)
            : Task.CompletedTask;

        await bench.ReachesAsync(job.Id, JobState.Paused);

        Assert.False(bench.Meter.IsOn);
        await bench.AlarmAsync("held-", "no data");
    }

    [Fact]
    public async Task A_held_channel_shows_what_it_reads_and_not_its_last_row()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(Long);
        bench.Meter.Told = truth => truth with { Fault = "over-current protection" };
        await bench.ReachesAsync(job.Id, JobState.Paused);
        bench.Meter.Told = null;

        await Eventually.TrueAsync(() => bench.Engine.Devices[0].Channels[0].Status is { State: ChannelState.Paused, CurrentAmperes: 0 }, "no current shown");

        Assert.Equal(TestPrograms.OneC, (await bench.RowsAsync(job.Id))[^1].Record.CurrentAmperes, 1e-6);
    }

    [Fact]
    public async Task A_held_output_that_did_not_open_stays_held_until_it_is_off_and_the_job_says_when()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(Long);
        bench.Meter.Sticks = true;
        bench.Meter.Told = truth => truth with { Fault = "over-temperature" };
        await bench.AlarmAsync("output-", "NOT confirmed off");
        await bench.ReachesAsync(job.Id, JobState.Paused);
        bench.Meter.Told = null;
        int looks = 0;
        bench.Meter.Before = (call, _) =>
        {
            looks += call == "measure" ? 1 : 0;
            return Task.CompletedTask;
        };
        await Eventually.TrueAsync(() => looks > 5, "the output was looked at again and again");

        bench.Meter.Sticks = false;
        await bench.AlarmAsync("held-", "the output is off, confirmed");

        IReadOnlyList<JobEvent> told = await bench.Journal.ReadEventsAsync(job.Id, 0, 1000, default);
        Assert.Single(told, happened => happened.Text.StartsWith("Paused", StringComparison.Ordinal));
        Assert.Contains(told, happened => happened.Text.Contains("off by now, confirmed", StringComparison.Ordinal));
        Assert.Equal(JobState.Paused, (await bench.JobAsync(job.Id)).State);
        Assert.False(bench.Meter.IsOn);
    }

    [Fact]
    public async Task An_output_that_cannot_be_switched_off_is_an_alarm_until_it_can()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(Long);
        bench.Meter.Sticks = true;

        await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Engine.StopAsync(job.Id, "test", "tester", default));
        await bench.AlarmAsync("stop-", "NOT confirmed");
        await bench.AlarmAsync("output-", "NOT confirmed off");
        Assert.Equal(JobState.Stopping, (await bench.JobAsync(job.Id)).State);

        bench.Meter.Sticks = false;
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
        Assert.False(bench.Meter.IsOn);
    }

    [Fact]
    public async Task A_passed_limit_ends_the_job_with_that_verdict()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(new CurrentStep(1, "main", TestPrograms.OneC, 1, 3600, null));

        bench.Meter.Told = truth => truth with { VoltageVolts = 4.95 };

        await bench.ReachesAsync(job.Id, JobState.Failed);
        Assert.Equal(JobVerdict.Limit, (await bench.JobAsync(job.Id)).Verdict);
        Assert.False(bench.Meter.IsOn);
    }
}
