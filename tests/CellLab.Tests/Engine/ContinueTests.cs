using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Engine.Desk;
using CellLab.TestKit.Devices;

namespace CellLab.Tests.Engine;

/// <summary>A job of three cycles that is cut and continued.</summary>
public sealed class ContinueTests
{
    [Fact]
    public async Task What_is_left_runs_on_another_channel_and_every_count_runs_on()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await CutInTheSecondDischargeAsync(bench);
        ScriptedChannel other = bench.Cycler["b"];
        other.Volts = 3.55;
        bench.Cell.Volts = 3.55;

        Job queued = await bench.Engine.ContinueAsync(job.Id, "coin-2", "tester broken", "anna", default);
        Assert.Contains("what is left from executed step 4 on", queued.StateReason, StringComparison.Ordinal);
        await bench.ReachesAsync(job.Id, JobState.Running);
        Assert.Equal([typeof(CurrentStep), typeof(CurrentStep), typeof(CurrentStep)], other.Program!.Steps.Select(step => step.GetType()));
        Assert.Equal(3570, ((CurrentStep)other.Program.Steps[0]).UntilSeconds);
        Run(other, 1, 1, -5e-5);
        Run(other, 2, 2, 5e-5);
        Run(other, 3, 3, -5e-5);
        other.State = ChannelState.Finished;

        await bench.ReachesAsync(job.Id, JobState.Completed);
        var rows = await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, 100, default);
        Assert.Equal(Enumerable.Range(1, 14).Select(number => (long)number), rows.Select(row => row.Sequence));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7], rows.Select(row => row.Record.StepCount));
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2], rows.Select(row => row.Record.StepId));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3], rows.Select(row => row.Pass));
        Assert.Equal([0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3], rows.Select(row => row.Cycle));
        Assert.Equal(rows.Select(row => row.TestTimeSeconds).Order(), rows.Select(row => row.TestTimeSeconds));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2], rows.Select(row => row.Segment));
        Assert.Contains(await bench.Journal.ReadEventsAsync(job.Id, 0, 100, default), told => told.Kind == "seam" && told.Text.Contains("rests at open circuit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cell_that_is_not_where_it_was_last_seen_is_refused_without_a_reason()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await CutInTheSecondDischargeAsync(bench);
        bench.Cycler["b"].Volts = 2.9;

        var refused = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.ContinueAsync(job.Id, "cycler1.b", null, "anna", default));

        Assert.Equal("accept_ocv", refused.Field);
        Assert.Equal((JobState.Cancelled, 0), ((await bench.JobAsync(job.Id)).State, bench.Cycler["b"].Starts));
    }

    [Fact]
    public async Task A_busy_channel_a_live_job_and_a_job_at_its_end_are_refused_with_the_reason()
    {
        await using var bench = await EngineBench.StartAsync();
        Job cut = await CutInTheSecondDischargeAsync(bench);
        Job other = await bench.SubmitAsync("lmno-2", "coin-2");
        await bench.ReachesAsync(other.Id, JobState.Running);

        Job queued = await bench.Engine.SubmitAsync(EngineBench.NewJob("lmno-2", "coin-2") with { MayQueue = true }, default);
        await RefusedAsync(bench, cut.Id, "coin-2", $"is used by job {other.Id}");
        await bench.Engine.StopAsync(queued.Id, "x", "anna", default);
        await RefusedAsync(bench, other.Id, null, "stop it first");
        await RefusedAsync(bench, cut.Id, "nowhere", "is not a channel address");
        await bench.Engine.StopAsync(other.Id, "x", "anna", default);
        await bench.ReachesAsync(other.Id, JobState.Cancelled);
    }

    [Fact]
    public async Task Continued_twice_in_the_same_step_the_time_done_is_counted_once_each()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await CutInTheSecondDischargeAsync(bench);
        await ContinueAsync(bench, job);
        Run(bench.Cell, 1, 1, -5e-5);
        await bench.HasRecordsAsync(job.Id, 10);
        await bench.Engine.StopAsync(job.Id, "again", "anna", default);
        await bench.ReachesAsync(job.Id, JobState.Cancelled);

        await bench.RestartAsync();
        await ContinueAsync(bench, job);

        Assert.Equal(3540, ((CurrentStep)bench.Cell.Program!.Steps[0]).UntilSeconds);
        Assert.Equal(3, (await bench.Journal.ReadSegmentsAsync(job.Id, default)).Max(segment => segment.Index));
    }

    [Fact]
    public async Task A_kill_before_the_new_segment_was_confirmed_is_settled_by_its_intent()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await CutInTheSecondDischargeAsync(bench);
        bench.Cycler.OnStart = _ =>
        {
            bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "gone");
            throw bench.Cycler.Broken;
        };
        await bench.Engine.ContinueAsync(job.Id, null, "seen", "anna", default);
        await bench.ReachesAsync(job.Id, JobState.Starting);
        await CellLab.TestKit.Waiting.Eventually.TrueAsync(() => bench.Cycler.Broken is not null, "start sent, its answer lost");
        (bench.Cycler.Broken, bench.Cycler.OnStart) = (null, null);

        await bench.RestartAsync();

        await bench.ReachesAsync(job.Id, JobState.Running);
        Assert.Equal(2, bench.Cell.Starts);
        Run(bench.Cell, 1, 1, -5e-5);
        await bench.HasRecordsAsync(job.Id, 10);
        Assert.Equal((5, 2, 2), Last(await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 10, 1, default)));
    }

    private static (int StepCount, int StepId, int Pass) Last(IReadOnlyList<RecordRow> rows) => (rows[0].Record.StepCount, rows[0].Record.StepId, rows[0].Pass);

    private static async Task ContinueAsync(EngineBench bench, Job job)
    {
        await bench.Engine.ContinueAsync(job.Id, null, "seen", "anna", default);
        await bench.ReachesAsync(job.Id, JobState.Running);
    }

    /// <summary>Eight records: charge, discharge, charge, and 30 s of the discharge that lasts an hour at most.</summary>
    private static async Task<Job> CutInTheSecondDischargeAsync(EngineBench bench)
    {
        Job job = EngineBench.NewJob();
        job = await bench.Engine.SubmitAsync(
            job with
            {
                Program = job.Program with
                {
                    Steps =
                    [
                        new CurrentStep(1, "life", 5e-5, 0.1, null, 4.8), new CurrentStep(2, "life", -5e-5, -0.1, 3600, 2.0), new LoopStep(3, "life", 1, 3),
                    ],
                },
            },
            default);
        await bench.ReachesAsync(job.Id, JobState.Running);
        Run(bench.Cell, 1, 1, 5e-5);
        Run(bench.Cell, 2, 2, -5e-5);
        Run(bench.Cell, 3, 1, 5e-5);
        Run(bench.Cell, 4, 2, -5e-5);
        await bench.HasRecordsAsync(job.Id, 8);
        await bench.Engine.StopAsync(job.Id, "mains cut", "anna", default);
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
        return await bench.JobAsync(job.Id);
    }

    /// <summary>Two records, 30 s and 0.1 mAh.</summary>
    private static void Run(ScriptedChannel cell, int stepCount, int stepId, double amperes)
    {
        cell.Add(stepCount, stepId, 0, 3.5, amperes, 0);
        cell.Add(stepCount, stepId, 30, 3.5, amperes, 1e-4);
    }

    private static async Task RefusedAsync(EngineBench bench, JobId job, string? on, string text)
    {
        var refused = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.ContinueAsync(job, on, "seen", "anna", default));
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }
}
