using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Engine.Desk;
using CellLab.Engine.Setup;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>Impedance spectra as steps of a job.</summary>
public sealed class SpectrumStageTests
{
    [Fact]
    public async Task Spectra_before_and_after_a_cycle_are_measured_with_one_source_at_a_time_and_kept_as_segments_and_rows()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();

        await bench.SpectrumAsync(1);
        await bench.CycleAsync();
        await bench.SpectrumAsync(2);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);

        Assert.Equal(JobVerdict.Complete, (await bench.Engine.JobAsync(job.Id)).Verdict);
        Assert.Empty(bench.Conflicts);
        Assert.Equal((2, 2, false), (bench.Analyzer.Starts, bench.Analyzer.Opened, bench.Analyzer.IsOn));
        Assert.Equal(new SpectrumPlan(Excitation.Potential, 0.01, 1000, 1, 7), bench.Analyzer.Plan);
        var points = await bench.PointsAsync(job.Id);
        Assert.Equal([.. Enumerable.Repeat(1, 7), .. Enumerable.Repeat(2, 7)], points.Select(point => point.Spectrum));
        Assert.Equal(["at 1", "at 4"], points.Select(point => point.Label).Distinct());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], points.Take(7).Select(point => point.Point));
        var segments = await bench.Engine.Journal.ReadSegmentsAsync(job.Id, default);
        Assert.Equal(["impedance_spectroscopy", null, "impedance_spectroscopy"], segments.Select(segment => segment.Stage));
        Assert.Equal([bench.Analyzer.Channel, bench.Cell.Address, bench.Analyzer.Channel], segments.Select(segment => segment.Channel));
        var rows = await bench.Engine.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, 100, default);
        Assert.Equal([2, 2, 2, 3, 3, 3], rows.Select(row => row.Record.StepCount));
        Assert.Equal([2, 2, 2, 3, 3, 3], rows.Select(row => row.Record.StepId));
        string[] told = [.. (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 100, default)).Select(one => one.Kind).Where(kind => kind is "stage" or "spectrum")];
        Assert.Equal(["stage", "spectrum", "stage", "stage", "spectrum", "stage"], told);
    }

    [Fact]
    public async Task The_job_tells_how_far_the_spectrum_is_and_where()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.SpectrumBeginsAsync(1);

        bench.Analyzer.Give(3);

        await bench.SaysAsync(job.Id, "spectrum 1: 3 of 7 points on pstat1.1");
        Assert.Equal(JobState.Running, (await bench.Engine.JobAsync(job.Id)).State);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_a_spectrum_opens_the_circuit_and_measures_a_new_one()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.SpectrumBeginsAsync(1);
        bench.Analyzer.Give(3);
        await Eventually.TrueAsync(async () => (await bench.PointsAsync(job.Id)).Count == 3, "3 points");

        await bench.Engine.RestartAsync(() =>
        {
            Assert.True(bench.Analyzer.IsOn);
            return Task.CompletedTask;
        });

        await bench.SpectrumAsync(2);
        await bench.CycleAsync();
        Assert.True(bench.Analyzer.Opened >= 2, "once before it was measured anew, once after");
        await bench.SpectrumAsync(3);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);
        Assert.Equal([1, 1, 1, .. Enumerable.Repeat(2, 7), .. Enumerable.Repeat(3, 7)], (await bench.PointsAsync(job.Id)).Select(point => point.Spectrum));
        Assert.Empty(bench.Conflicts);
    }

    [Theory]
    [InlineData(GasLoss.GoOn)]
    [InlineData(GasLoss.Stop)]
    public async Task The_pipeline_s_rule_says_what_a_job_does_without_its_spectra(GasLoss rule)
    {
        await using var bench = await StageBench.StartAsync(shape: pipeline => pipeline with { OnFailure = new Dictionary<string, GasLoss> { ["eis"] = rule } });
        Job job = await bench.SubmitAsync();
        for (int i = 1; i <= 3; i++)
        {
            await bench.SpectrumBeginsAsync(i);
            bench.Analyzer.Give(1, SpectrumOutcome.EndedEarly);
        }

        if (rule == GasLoss.Stop)
        {
            await bench.Engine.ReachesAsync(job.Id, JobState.Cancelled);
            return;
        }

        await bench.CycleAsync();
        await bench.Engine.AlarmAsync("without-eis-");
        await bench.SpectrumAsync(4);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);
        Assert.Contains(
            (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 100, default)).Where(told => told.Kind == "stage").Select(told => told.Text),
            text => text.Contains("is over: not done, because 3 spectra in a row broke off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_spectrum_that_breaks_off_is_told_and_measured_anew_and_the_third_in_a_row_holds_the_job()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        for (int i = 1; i <= 3; i++)
        {
            await bench.SpectrumBeginsAsync(i);
            bench.Analyzer.Give(1, SpectrumOutcome.EndedEarly);
        }

        await bench.Engine.ReachesAsync(job.Id, JobState.Paused);

        Assert.Contains("3 spectra in a row broke off, the last one because it was ended", await bench.ReasonAsync(job.Id), StringComparison.Ordinal);
        Assert.Equal(3, (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 100, default)).Count(told => told.Kind == "spectrum-broken"));
        await bench.Engine.AlarmAsync("held-");

        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.SpectrumAsync(4);
        await bench.CycleAsync();
    }

    [Theory]
    [InlineData(3.0e9, 3.0e9, "ohm and more at every frequency: an open lead")]
    [InlineData(null, null, "7 of 7 readings are not numbers")]
    public async Task A_whole_spectrum_that_cannot_be_the_cell_s_counts_as_broken_off(double? real, double? imaginary, string why)
    {
        await using var bench = await StageBench.StartAsync();
        bench.Analyzer.Bent = point => point with { RealOhms = real, ImaginaryOhms = imaginary };
        Job job = await bench.SubmitAsync();
        for (int i = 1; i <= 3; i++)
        {
            await bench.SpectrumAsync(i);
        }

        await bench.Engine.ReachesAsync(job.Id, JobState.Paused);

        Assert.Contains(why, await bench.ReasonAsync(job.Id), StringComparison.Ordinal);
        await bench.Engine.AlarmAsync("held-");
    }

    [Fact]
    public async Task The_alarm_names_what_broke_the_first_of_three_spectra_where_the_last_one_broke_for_another_reason()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        bench.Analyzer.Bent = point => point with { RealOhms = null };
        await bench.SpectrumAsync(1);
        bench.Analyzer.Bent = null;
        for (int i = 2; i <= 3; i++)
        {
            await bench.SpectrumBeginsAsync(i);
            bench.Analyzer.Give(1, SpectrumOutcome.EndedEarly);
        }

        await bench.Engine.AlarmAsync("held-");

        Alarm held = (await bench.Engine.Journal.ReadAlarmsAsync(false, default)).Single(alarm => alarm.Id == $"held-{job.Id}");
        Assert.Contains(
            "3 spectra in a row broke off, the first one because 7 of 7 readings are not numbers; the last one because it was ended", held.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_marked_as_overloaded_are_told_and_an_alarm_until_a_spectrum_has_none()
    {
        await using var bench = await StageBench.StartAsync();
        bench.Analyzer.Bent = point => point with { Overloaded = point.Number <= 2 };
        Job job = await bench.SubmitAsync();
        await bench.SpectrumAsync(1);
        await bench.CycleAsync();

        await bench.Engine.AlarmAsync("data-");
        Assert.Contains(
            await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 100, default),
            told => told.Kind == "spectrum" && told.Text.Contains("7 of 7 points, 2 of them marked as overloaded", StringComparison.Ordinal));
        bench.Analyzer.Bent = null;
        await bench.SpectrumAsync(2);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);
        Assert.DoesNotContain(await bench.Engine.Journal.ReadAlarmsAsync(false, default), alarm => alarm.Active);
    }

    [Fact]
    public async Task A_stop_in_the_middle_opens_the_circuit_and_starts_nothing_more()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.SpectrumBeginsAsync(1);

        Job stopped = await bench.Engine.Engine.StopAsync(job.Id, "enough", "tester", default);

        Assert.Equal((JobState.Cancelled, JobVerdict.Aborted), (stopped.State, stopped.Verdict));
        Assert.Equal((false, 1, 0), (bench.Analyzer.IsOn, bench.Analyzer.Opened, bench.Cell.Starts));
        Assert.NotNull((await bench.Engine.Journal.ReadSegmentsAsync(job.Id, default))[0].EndedAtUtc);
    }

    [Fact]
    public async Task A_stop_that_is_not_confirmed_says_so_and_is_tried_until_it_is()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.SpectrumBeginsAsync(1);
        bench.Analyzer.OnOpen = () => throw new DeviceFaultException(FaultKind.Unreachable, bench.Analyzer.Id, "no reply");

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Engine.Engine.StopAsync(job.Id, "enough", "tester", default));

        Assert.Contains("NOT confirmed", refused.Message, StringComparison.Ordinal);
        await bench.Engine.AlarmAsync("stop-");
        Assert.Equal(JobState.Stopping, (await bench.Engine.JobAsync(job.Id)).State);
        bench.Analyzer.OnOpen = null;
        await bench.Engine.ReachesAsync(job.Id, JobState.Cancelled);
        Assert.False(bench.Analyzer.IsOn);
    }

    [Fact]
    public async Task A_pause_holds_the_job_after_the_spectrum_and_a_resume_goes_on()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.SpectrumBeginsAsync(1);

        await bench.Engine.Engine.PauseAsync(job.Id, "tester", default);
        await bench.SaysAsync(job.Id, "pauses after it, asked by tester");
        bench.Analyzer.Give(7, SpectrumOutcome.Complete);
        await bench.Engine.ReachesAsync(job.Id, JobState.Paused);
        Assert.Equal(0, bench.Cell.Starts);
        await bench.Engine.RestartAsync();
        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);

        await bench.CycleAsync();
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_stopped_job_is_continued_with_the_spectrum_it_was_in()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.SpectrumBeginsAsync(1);
        await bench.Engine.Engine.StopAsync(job.Id, "enough", "tester", default);

        await bench.Engine.Engine.ContinueAsync(job.Id, null, null, "tester", default);

        await bench.SpectrumAsync(2);
        await bench.CycleAsync();
        await bench.SpectrumAsync(3);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);
        Assert.Equal([1, 2], (await bench.PointsAsync(job.Id)).Select(point => point.Spectrum).Distinct()); // the one that was stopped had no point yet
    }

    [Fact]
    public async Task A_job_waits_for_a_potentiostat_that_does_not_answer_and_goes_on_by_itself()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with { Steps = [.. program.Steps, StageBench.Spectrum(3)] });
        await Eventually.TrueAsync(() => bench.Cell.State == ChannelState.Running, "the cycler to run");
        bench.Analyzer.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Analyzer.Id, "no reply");
        bench.Engine.FinishOneCycle();

        await bench.Engine.AlarmAsync("device-pstat1");
        bench.Analyzer.Broken = null;

        await bench.SpectrumAsync(1);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);
    }

    [Fact]
    public async Task What_the_potentiostat_cannot_do_and_a_role_that_is_missing_are_refused_at_submit_by_step()
    {
        await using var bench = await StageBench.StartAsync();
        bench.Analyzer.Problems = ["spectrum: it measures up to 200 Hz"];

        var beyond = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.SubmitAsync());
        Job elsewhere = EngineBench.NewJob("lmno-2", "coin-2");
        var missing = await Assert.ThrowsAsync<DeskRefusedException>(
            () => bench.Engine.Engine.SubmitAsync(elsewhere with { Program = StageBench.SpectrumCycleSpectrum(elsewhere.Program) }, default));

        Assert.Equal("protocol", beyond.Field);
        Assert.Contains("step 1 ('impedance_spectroscopy'): pstat1.1: spectrum: it measures up to 200 Hz", beyond.Message, StringComparison.Ordinal);
        Assert.Contains("step 1 ('impedance_spectroscopy'): it needs role eis, pipeline coin-2 has none", missing.Message, StringComparison.Ordinal);
    }
}
