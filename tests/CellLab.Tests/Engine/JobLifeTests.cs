using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Engine.Desk;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

public sealed class JobLifeTests
{
    [Fact]
    public async Task A_job_runs_to_its_end_with_every_record_numbered_once()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.FinishOneCycle();

        await bench.ReachesAsync(job.Id, JobState.Completed);
        var rows = await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, 100, default);
        Assert.Equal(Enumerable.Range(1, 6).Select(number => (long)number), rows.Select(row => row.Sequence));
        Assert.Equal([0, 1, 1, 1, 1, 1], rows.Select(row => row.Cycle));
        Job ended = await bench.JobAsync(job.Id);
        Assert.Equal(JobVerdict.Complete, ended.Verdict);
        Assert.NotNull(ended.EndedAtUtc);
        Segment segment = Assert.Single(await bench.Journal.ReadSegmentsAsync(job.Id, default));
        Assert.Equal((ended.EndedAtUtc, ended.StartedAtUtc), (segment.EndedAtUtc, segment.StartedAtUtc));
        Assert.Equal(rows[0].Record.TakenAtUtc, ended.StartedAtUtc); // by the instrument's clock; the confirmation came later
        Assert.True(segment.ConfirmedAtUtc > ended.StartedAtUtc);
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task New_records_are_told_as_progress_while_the_job_runs()
    {
        await using var bench = await EngineBench.StartAsync();
        var told = new ConcurrentQueue<JobProgress?>();
        bench.Engine.Changed += (kind, id) =>
        {
            if (kind == "progress")
            {
                told.Enqueue(bench.Engine.ProgressOf(new JobId(id)));
            }
        };
        Job job = await bench.RunningJobAsync();

        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        bench.Cell.Add(1, 1, 10, 3.3, 5e-5, 1e-4);

        await Eventually.TrueAsync(() => Task.FromResult(told.Any(progress => progress is { Acquired: 2, VoltageVolts: 3.3 })), "progress with two records");
        Assert.All(told, progress => Assert.Equal(job.Id, progress?.Job));
    }

    [Fact]
    public async Task An_end_before_the_end_of_the_program_is_not_called_complete()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        bench.Cell.State = ChannelState.Finished;

        await bench.ReachesAsync(job.Id, JobState.Failed);
        Assert.Equal(JobVerdict.Error, (await bench.JobAsync(job.Id)).Verdict);
    }

    [Fact]
    public async Task A_silent_stretch_over_the_end_of_a_step_is_a_gap_too()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        bench.Cell.Add(1, 1, 30, 3.3, 5e-5, 1e-4);
        bench.Cell.Add(2, 2, 1800, 3.4, -5e-5, 1e-4); // half an hour of the second step, and the end of the first, were never recorded
        bench.Cell.State = ChannelState.Finished;

        await bench.ReachesAsync(job.Id, JobState.Completed);

        Assert.Equal(JobVerdict.CompleteWithGaps, (await bench.JobAsync(job.Id)).Verdict);
        Assert.Contains(await bench.Journal.ReadEventsAsync(job.Id, 0, 100, default), told => told.Kind == "gap");
    }

    [Fact]
    public async Task A_silent_stretch_within_a_step_makes_the_verdict_complete_with_gaps()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        bench.Cell.Add(1, 1, 300, 3.9, 5e-5, 3e-4);
        bench.Cell.Add(2, 2, 0, 3.2, -5e-5, 0);
        bench.Cell.State = ChannelState.Finished;

        await bench.ReachesAsync(job.Id, JobState.Completed);
        Assert.Equal(JobVerdict.CompleteWithGaps, (await bench.JobAsync(job.Id)).Verdict);
        Assert.Contains(await bench.Journal.ReadEventsAsync(job.Id, 0, 100, default), told => told.Kind == "gap");
    }

    [Fact]
    public async Task A_passed_limit_stops_the_cell_and_the_job_says_so()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Cell.Add(1, 1, 100, 4.95, 5e-5, 1e-4);
        bench.Cell.Add(1, 1, 101, 4.96, 5e-5, 1e-4);

        await bench.ReachesAsync(job.Id, JobState.Failed);
        Assert.Equal(JobVerdict.Limit, (await bench.JobAsync(job.Id)).Verdict);
        Assert.NotEqual(0, bench.Cell.Stops); // once; a machine that is slower than the repeat insists
        await bench.AlarmAsync("limit-");
        await bench.AlarmGoesWhenAcknowledgedAsync($"limit-{job.Id}");
        Assert.Equal(2, (await bench.Journal.CountRecordsAsync(job.Id, Streams.Cycler, default)).Count);
    }

    [Fact]
    public async Task A_protection_of_the_instrument_holds_the_job_with_an_alarm_and_a_stop_ends_it()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Cell.State = ChannelState.Protected;
        await bench.ReachesAsync(job.Id, JobState.Paused);
        await bench.AlarmAsync("held-");
        Assert.Equal(1, bench.Cell.Starts);

        await bench.Engine.StopAsync(job.Id, "seen", "tester", default);
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
    }

    [Fact]
    public async Task A_foreign_test_on_the_channel_ends_the_job_and_nothing_is_sent()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Cell.Begin("someone-else");

        await bench.ReachesAsync(job.Id, JobState.Failed);
        await bench.AlarmAsync("overrun-");
        Assert.Equal(0, bench.Cell.Stops);
        Assert.Equal(ChannelState.Running, bench.Cell.State);
    }

    [Fact]
    public async Task A_channel_that_goes_away_is_waited_for()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Cell.State = ChannelState.Unknown;
        await bench.ReachesAsync(job.Id, JobState.Recovering);
        bench.Cell.State = ChannelState.Running;
        bench.FinishOneCycle();

        await bench.ReachesAsync(job.Id, JobState.Completed);
    }

    [Fact]
    public async Task A_pause_and_its_end_are_confirmed_by_the_instrument()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        Assert.Equal(JobState.Paused, (await bench.Engine.PauseAsync(job.Id, "tester", default)).State);
        Assert.Equal(JobState.Running, (await bench.Engine.ResumeAsync(job.Id, "tester", default)).State);
        await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.ResumeAsync(job.Id, "tester", default));
    }

    [Fact]
    public async Task The_reasons_of_a_pause_and_its_end_stand_at_the_job_and_in_the_audit()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        Job paused = await bench.Engine.PauseAsync(job.Id, new GivenBy("anna", "a clamp is loose"), default);
        Job resumed = await bench.Engine.ResumeAsync(job.Id, new GivenBy("ben", "clamp tightened"), default);

        Assert.Equal("paused by anna: a clamp is loose", paused.StateReason);
        Assert.Equal("resumed by ben: clamp tightened", resumed.StateReason);
        Assert.Equal(
            [("anna", "job pause", "a clamp is loose"), ("ben", "job resume", "clamp tightened")],
            (await bench.Journal.ReadAuditAsync(0, 100, default)).Where(entry => entry.Command is "job pause" or "job resume").Select(entry => (entry.Who, entry.Command, entry.Reason!)));
    }

    [Fact]
    public async Task A_pause_on_command_is_never_taken_for_one_at_the_instrument()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("paused by tester", (await bench.Engine.PauseAsync(job.Id, "tester", default)).StateReason);
            Assert.Equal("resumed by tester", (await bench.Engine.ResumeAsync(job.Id, "tester", default)).StateReason);
        }

        Assert.Equal(20, (await bench.Journal.ReadAuditAsync(0, 100, default)).Count(entry => entry.Command is "job pause" or "job resume"));
        Assert.DoesNotContain(bench.Said, line => line.Contains("is not legal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_service_is_no_failure_of_a_job_that_starts_later()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.Engine.SubmitAsync(EngineBench.NewJob() with { NotBeforeUtc = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero) }, default);

        await bench.RestartAsync();

        Assert.Equal(JobState.Queued, (await bench.JobAsync(job.Id)).State);
        Assert.DoesNotContain(bench.Said, line => line.Contains("could not be started", StringComparison.Ordinal));
    }
}
