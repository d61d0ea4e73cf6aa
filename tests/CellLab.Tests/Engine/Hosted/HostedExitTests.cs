using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>Who steps a program leaves its repeats by their exits without a break; after an interruption by a stop the service watches what is left.</summary>
public sealed class HostedExitTests
{
    /// <summary>Pulses up to 3.118 V under load, then a discharge. The third one ends at 3.120 V on this cell; the second one would have to last 27 s too
    /// long to get there, half a second of a machine that does something else.</summary>
    private static readonly ProgramStep[] s_titration =
    [
        new CurrentStep(1, "titration", TestPrograms.OneC, 1, 30, 4.8), new RestStep(2, "titration", 5),
        new LoopStep(3, "titration", 1, 50) { Exits = new LoopExits { VoltageAboveVolts = 3.118 } },
        new CurrentStep(4, "back", -TestPrograms.OneC, -1, 15, 2.0),
    ];

    [Fact]
    public async Task A_repeat_is_left_by_its_exit_within_one_segment_as_the_dry_run_says()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(s_titration);

        await bench.ReachesAsync(job.Id, JobState.Completed);

        await AssertStepsAsync(bench, job, [1, 2, 1, 2, 1, 2, 4]);
        Assert.Single(await bench.Journal.ReadSegmentsAsync(job.Id, default));
        Assert.Contains(
            await bench.Journal.ReadEventsAsync(job.Id, 0, 1000, default),
            told => told.Text == "the repeat 'titration' is left after pass 3: voltage > 3.118 V was reached under load");
    }

    [Fact]
    public async Task After_a_kill_in_the_middle_the_exit_still_comes_where_it_would_have_come()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(s_titration);
        await Eventually.TrueAsync(async () => (await bench.RowsAsync(job.Id))[^1].Record.StepCount >= 3, "the second pulse");
        await bench.KillAndRestartAsync();
        await bench.ReachesAsync(job.Id, JobState.Paused);
        await bench.Engine.ResumeAsync(job.Id, "tester", default);

        await bench.ReachesAsync(job.Id, JobState.Completed);

        await AssertStepsAsync(bench, job, [1, 2, 1, 2, 1, 2, 4]);
    }

    [Fact]
    public async Task What_is_left_after_a_stop_is_run_to_the_same_end()
    {
        await using var bench = await HostedEngineBench.StartAsync();
        Job job = await bench.RunningJobAsync(s_titration);
        await Eventually.TrueAsync(async () => (await bench.RowsAsync(job.Id))[^1].Record.StepCount >= 3, "the second pulse");
        await bench.Engine.StopAsync(job.Id, "somebody tripped", "tester", default);
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
        await bench.Engine.ContinueAsync(job.Id, null, "the same cell", "tester", default);

        await bench.ReachesAsync(job.Id, JobState.Completed);

        IReadOnlyList<RecordRow> rows = await bench.RowsAsync(job.Id);
        Assert.InRange(rows.Where(row => row.Record.StepId == 1).Max(row => row.Pass), 3, 4); // seen from outside, the end of a pass shows in the next one
        Assert.Equal(4, rows[^1].Record.StepId);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows.Select(row => row.Sequence));
    }

    private static async Task AssertStepsAsync(HostedEngineBench bench, Job job, int[] steps)
    {
        IReadOnlyList<RecordRow> rows = await bench.RowsAsync(job.Id);
        (int Count, int Step, int Pass)[] executed = [.. rows.Select(row => (row.Record.StepCount, row.Record.StepId, row.Pass)).Distinct()];
        Assert.Equal(steps, executed.Select(step => step.Step));
        Assert.Equal(Enumerable.Range(1, steps.Length), executed.Select(step => step.Count));
        Assert.Equal([1, 1, 2, 2, 3, 3, 1], executed.Select(step => step.Pass));
        Assert.Equal("back", rows[^1].Block);
        Assert.Equal(JobVerdict.Complete, (await bench.JobAsync(job.Id)).Verdict);
        Assert.DoesNotContain(await bench.Journal.ReadEventsAsync(job.Id, 0, 1000, default), told => told.Kind == "program");
    }
}
