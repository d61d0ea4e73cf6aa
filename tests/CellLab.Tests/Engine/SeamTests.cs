using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

/// <summary>Programs that an instrument cannot run in one piece: the service ends repeats and makes currents of a measured capacity.</summary>
public sealed class SeamTests
{
    private static readonly LoopExits Faded = new() { CapacityFraction = 0.8, OfCycle = 1 };

    [Fact]
    public async Task A_repeat_that_has_met_its_condition_is_stopped_and_what_follows_starts_by_itself()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, FadingLife());
        Cycle(bench.Cell, 1, 4e-4);
        Cycle(bench.Cell, 3, 3e-4); // 75 % of the first
        bench.Cell.Add(5, 1, 0, 2.1, 5e-5, 0); // the instrument goes on until it is stopped
        bench.Cell.Volts = 2.4;

        await SecondSegmentAsync(bench, job);

        Assert.NotEqual(0, bench.Cell.Stops); // once; a machine that is slower than the repeat insists
        Assert.Equal(JobState.Running, (await bench.JobAsync(job.Id)).State);
        Assert.Equal(new RestStep(1, "after", 60), Assert.Single(bench.Cell.Program!.Steps));
        bench.Cell.Add(1, 1, 0, 2.5, 0, 0);
        bench.Cell.Add(1, 1, 60, 2.6, 0, 0);
        bench.Cell.State = ChannelState.Finished;
        await bench.ReachesAsync(job.Id, JobState.Completed);
        Assert.Equal(JobVerdict.Complete, (await bench.JobAsync(job.Id)).Verdict);
        var rows = await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, 100, default);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6], rows.Select(row => row.Record.StepCount));
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2, 1, 4, 4], rows.Select(row => row.Record.StepId));
        Assert.Equal(["life", "after"], rows.Select(row => row.Block).Distinct());
        string[] kinds = [.. (await bench.Journal.ReadEventsAsync(job.Id, 0, 100, default)).Select(told => told.Kind).Where(kind => kind is "exit" or "seam")];
        Assert.Equal(["exit", "seam"], kinds);
    }

    [Fact]
    public async Task A_repeat_at_the_end_of_the_program_that_is_left_completes_the_job()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, program => program with { Steps = [.. FadingLife()(program).Steps.Take(3)] });
        Cycle(bench.Cell, 1, 4e-4);
        Cycle(bench.Cell, 3, 3e-4);
        bench.Cell.Add(5, 1, 0, 2.1, 5e-5, 0);

        await bench.ReachesAsync(job.Id, JobState.Completed);

        Job ended = await bench.JobAsync(job.Id);
        Assert.Equal((JobVerdict.Complete, 1), (ended.Verdict, bench.Cell.Stops));
        await Eventually.TrueAsync(async () => (await bench.Journal.ReadAlarmsAsync(false, default)).All(alarm => !alarm.Active), "no alarm with a cause");
    }

    [Fact]
    public async Task Currents_of_the_next_segment_follow_from_the_capacity_that_was_measured()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Measured);
        Cycle(bench.Cell, 1, 4e-4);
        bench.Cell.State = ChannelState.Finished;

        await SecondSegmentAsync(bench, job);

        Assert.Equal(8e-4, Assert.IsType<CurrentStep>(Assert.Single(bench.Cell.Program!.Steps)).CurrentAmperes, 1e-12);
        bench.Cell.Add(1, 1, 0, 2.5, 8e-4, 0);
        bench.Cell.Add(1, 1, 60, 4.8, 8e-4, 1e-5);
        bench.Cell.State = ChannelState.Finished;
        await bench.ReachesAsync(job.Id, JobState.Completed);
        Assert.Equal(3, (await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 6, 1, default))[0].Record.StepId);
    }

    [Fact]
    public async Task A_measured_capacity_that_cannot_be_right_starts_nothing()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Measured);
        Cycle(bench.Cell, 1, 2e-5);
        bench.Cell.State = ChannelState.Finished;

        await bench.ReachesAsync(job.Id, JobState.Waiting);

        Assert.Contains("0.02 mAh, expected 0.2 to 3 times", (await bench.JobAsync(job.Id)).StateReason, StringComparison.Ordinal);
        await bench.AlarmAsync("start-");
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_kill_after_the_condition_was_met_stops_and_goes_on_after_the_restart()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, FadingLife());
        bench.Cycler.OnStop = _ => throw new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "no reply to stop");
        Cycle(bench.Cell, 1, 4e-4);
        Cycle(bench.Cell, 3, 3e-4);
        bench.Cell.Add(5, 1, 0, 2.1, 5e-5, 0);
        await bench.AlarmAsync("stop-");

        await bench.RestartAsync(() =>
        {
            bench.Cycler.OnStop = null;
            return Task.CompletedTask;
        });

        await SecondSegmentAsync(bench, job);
        Assert.Equal((1, 2), (bench.Cell.Stops, bench.Cell.Starts));
    }

    [Fact]
    public async Task A_kill_between_two_segments_starts_the_next_one_after_the_restart()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Measured);
        Cycle(bench.Cell, 1, 4e-4);
        var seam = new TaskCompletionSource();
        bench.Disk.Hold = write => Held(write.Jobs.Any(stored => stored.State == JobState.Starting), seam);
        bench.Cell.State = ChannelState.Finished;
        await seam.Task; // the seam is durable, the intent of the next start is not
        Job between = await bench.JobAsync(job.Id);
        Assert.Equal(JobState.Queued, between.State);
        Assert.Contains("cell rests at open circuit: its currents follow from the capacity measured", between.StateReason, StringComparison.Ordinal);

        await bench.RestartAsync();

        await SecondSegmentAsync(bench, job);
        Assert.Equal(2, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_job_between_two_segments_can_be_stopped()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await SubmitAsync(bench, Measured);
        Cycle(bench.Cell, 1, 4e-4);
        bench.Cycler.OnStart = cell =>
        {
            cell.State = ChannelState.Finished;
            (cell.TestId, cell.Barcode) = ("2", "as before");
            throw new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "lost on its way");
        };
        bench.Cell.State = ChannelState.Finished;
        await bench.ReachesAsync(job.Id, JobState.Waiting);

        await bench.Engine.StopAsync(job.Id, "enough", "anna", default);

        Job ended = await bench.JobAsync(job.Id);
        Assert.Equal((JobState.Cancelled, JobVerdict.Aborted), (ended.State, ended.Verdict));
    }

    /// <summary>Life until 80 % of the first cycle, then a rest.</summary>
    private static Func<CellProgram, CellProgram> FadingLife() => program => program with
    {
        Steps =
        [
            new CurrentStep(1, "life", 5e-5, 0.1, null, 4.8), new CurrentStep(2, "life", -5e-5, -0.1, null, 2.0), new LoopStep(3, "life", 1, 100) { Exits = Faded },
            new RestStep(4, "after", 60),
        ],
    };

    /// <summary>One cycle that measures 1C, then a charge at 2C.</summary>
    private static CellProgram Measured(CellProgram program) => program with
    {
        Steps =
        [
            new CurrentStep(1, "formation", 5e-5, 0.1, null, 4.8), new CurrentStep(2, "formation", -5e-5, -0.1, null, 2.0), new CurrentStep(3, "fast", 1e-3, 2, null, 4.8),
        ],
        Measured = new MeasuredBase("formation", 1, 2, 1),
    };

    private static async Task<Job> SubmitAsync(EngineBench bench, Func<CellProgram, CellProgram> change)
    {
        Job job = EngineBench.NewJob();
        job = await bench.Engine.SubmitAsync(job with { Program = change(job.Program) }, default);
        await bench.ReachesAsync(job.Id, JobState.Running);
        return job;
    }

    private static Task SecondSegmentAsync(EngineBench bench, Job job) =>
        Eventually.TrueAsync(async () => (await bench.Journal.ReadSegmentsAsync(job.Id, default)).Count == 2, "second segment");

    private static void Cycle(ScriptedChannel cell, int firstStepCount, double ampereHours)
    {
        cell.Add(firstStepCount, 1, 0, 3.2, 5e-5, 0);
        cell.Add(firstStepCount, 1, 30, 4.8, 5e-5, 5e-4);
        cell.Add(firstStepCount + 1, 2, 0, 4.7, -5e-5, 0);
        cell.Add(firstStepCount + 1, 2, 30, 2.0, -5e-5, ampereHours);
    }

    private static Task? Held(bool hold, TaskCompletionSource reached)
    {
        if (hold)
        {
            reached.TrySetResult();
        }

        return hold ? Task.FromException(new CellLab.Core.Storage.StorageException("killed")) : null;
    }
}
