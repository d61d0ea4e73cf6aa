using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_overtakes_a_poll_that_hangs()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        var hanging = new TaskCompletionSource();
        bench.Cycler.BeforePoll = async token =>
        {
            hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        };
        await hanging.Task;

        Task<Job> stop = bench.Engine.StopAsync(job.Id, "test", "tester", default);
        await Eventually.TrueAsync(() => bench.Cell.Stops == 1, "stop sent past the hanging poll");
        bench.Cycler.BeforePoll = null;

        await stop;
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
        Assert.Equal(JobVerdict.Aborted, (await bench.JobAsync(job.Id)).Verdict);
    }

    [Fact]
    public async Task A_stop_that_is_not_confirmed_raises_an_alarm_and_is_tried_again()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        bench.Cycler.OnStop = _ => throw new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "no reply to stop");

        var failure = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Engine.StopAsync(job.Id, "test", "tester", default));
        Assert.Contains("NOT confirmed", failure.Message, StringComparison.Ordinal);
        await bench.AlarmAsync("stop-");

        bench.Cycler.OnStop = null;
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
    }

    [Fact]
    public async Task A_stop_asked_for_before_a_restart_is_carried_out_after_it()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        bench.Cycler.OnStop = _ =>
        {
            bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "cut");
            throw bench.Cycler.Broken;
        };
        await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Engine.StopAsync(job.Id, "test", "tester", default));
        bench.Cycler.OnStop = null;

        bench.Cycler.Broken = null;
        await bench.RestartAsync();

        await bench.ReachesAsync(job.Id, JobState.Cancelled);
        Assert.Equal(ChannelState.Stopped, bench.Cell.State);
    }

    [Fact]
    public async Task A_stop_that_comes_during_a_start_which_the_instrument_then_refuses_ends_the_job()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = EngineBench.NewJob();
        bench.Cycler.OnStart = place =>
        {
            (place.TestId, place.Barcode) = ("1", null); // nothing has begun
            StopUnderWay(bench, job.Id).GetAwaiter().GetResult();
            throw new DeviceFaultException(FaultKind.Rejected, bench.Cycler.Id, "not started: it was stopped in the meantime");
        };

        await bench.Engine.SubmitAsync(job, default);

        await bench.ReachesAsync(job.Id, JobState.Cancelled);
        Assert.Equal(JobVerdict.Aborted, (await bench.JobAsync(job.Id)).Verdict);
        Assert.All(await bench.Journal.ReadIntentsAsync(job.Id, default), intent => Assert.NotNull(intent.Outcome));
    }

    [Fact]
    public async Task A_breach_on_one_channel_is_stopped_while_the_stop_of_another_hangs()
    {
        await using var bench = await EngineBench.StartAsync();
        await bench.RunningJobAsync();
        Job other = await bench.SubmitAsync("lmno-2", "coin-2");
        await bench.ReachesAsync(other.Id, JobState.Running);
        var (between, go, bothAsked) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        bench.Cycler.BeforePoll = _ =>
        {
            between.TrySetResult();
            return go.Task;
        };
        await between.Task;
        int asked = 0;
        bench.Cycler.OnStop = _ =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                bothAsked.SetResult();
            }

            return bothAsked.Task;
        };
        foreach (string channel in new[] { "a", "b" })
        {
            bench.Cycler[channel].Add(1, 1, 0, 4.95, 5e-5, 0);
            bench.Cycler[channel].Add(1, 1, 10, 4.96, 5e-5, 1e-6);
        }

        go.SetResult();

        await bench.ReachesAsync(other.Id, JobState.Failed);
        Assert.Equal(JobVerdict.Limit, (await bench.JobAsync(other.Id)).Verdict);
        Assert.Equal((ChannelState.Stopped, ChannelState.Stopped), (bench.Cycler["a"].State, bench.Cycler["b"].State));
    }

    [Fact]
    public async Task Ending_the_engine_does_not_stop_a_running_cell()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        await Eventually.TrueAsync(() => bench.Engine.RunningCells.Any(cell => cell.Contains(job.Id.Value, StringComparison.Ordinal)), "the running cell to be seen");
        await bench.RestartAsync();

        Assert.Equal((ChannelState.Running, 0), (bench.Cell.State, bench.Cell.Stops));
    }

    private static async Task StopUnderWay(EngineBench bench, JobId job)
    {
        _ = Task.Run(() => bench.Engine.StopAsync(job, "test", "tester", default));
        await bench.ReachesAsync(job, JobState.Stopping);
    }
}
