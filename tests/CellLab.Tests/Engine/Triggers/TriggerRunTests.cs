using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.Engine.Setup;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Triggers;

public sealed class TriggerRunTests
{
    [Fact]
    public async Task A_trigger_is_stored_before_its_pulse_and_its_pattern_carries_the_state_over_the_exposure()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(("on_entry", "charge"));
        TriggerFate? during = null;
        bench.Diffractometer.Exposure = TimeSpan.FromSeconds(65); // midway between what is short and what is overlong for 30 s
        bench.Diffractometer.OnPulse = async request => during = (await bench.TriggersAsync()).Single(intent => intent.Id == request.Id).Fate;

        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Count == 1, "the pattern's record");

        PatternBody pattern = (await bench.PatternsAsync())[0];
        TriggerIntent intent = Assert.Single(await bench.TriggersAsync());
        Assert.Equal(TriggerFate.Firing, during);
        Assert.Equal(TriggerFate.Recorded, intent.Fate);
        Assert.Equal([intent.Id], bench.Diffractometer.Fired);
        Assert.Equal("busy", pattern.Acknowledgement);
        Assert.Equal(["t1.on_entry"], pattern.Conditions);
        foreach (PatternState? state in new[] { pattern.Start, pattern.Middle, pattern.End })
        {
            double seconds = (state!.AtUtc - DateTimeOffset.UnixEpoch).TotalSeconds;
            Assert.Equal(TriggerBench.VoltsAt(seconds), state.VoltageVolts, 1e-6);
            Assert.Equal(TriggerBench.CapacityAt(seconds), state.CapacityMilliampereHoursPerGram, 1e-4);
        }

        Assert.Equal(pattern.Times.BusyOn!.AtUtc, pattern.Start!.AtUtc);
        Assert.Equal(pattern.Times.BusyOff!.AtUtc, pattern.End!.AtUtc);
        Assert.Equal(pattern.Middle!.VoltageVolts, pattern.Mean!.VoltageVolts, 1e-6);
        bool seenLate = pattern.Times.BusyOff.AtUtc - pattern.Times.BusyOn.AtUtc < TimeSpan.FromSeconds(0.8 * 30); // as long as the machine stands still
        Assert.Equal(seenLate ? [PatternFlags.Short, PatternFlags.NoFile] : [PatternFlags.NoFile], pattern.Flags);
        Assert.True(pattern.Times.BusyOn.AtUtc >= bench.Diffractometer.Exposed.From && pattern.Times.BusyOff.AtUtc >= bench.Diffractometer.Exposed.To);
    }

    [Fact]
    public async Task What_comes_during_an_exposure_is_missed_as_busy_and_cycling_goes_on()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(("every_s", "10"), ("offset_s", "0"));
        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Count >= 2, "two patterns");

        IReadOnlyList<TriggerIntent> triggers = await bench.TriggersAsync();
        Assert.Contains(triggers, intent => intent is { Fate: TriggerFate.Missed, Reason: "busy" });
        Assert.All(triggers, intent => Assert.True(intent.IsOpen || intent.Fate == TriggerFate.Recorded || intent.Reason is not null));
        Assert.Equal(JobState.Running, (await bench.Journal.ReadJobAsync(bench.Job.Id, default))!.State);
        await Eventually.TrueAsync( // rows that came last may still be judged
            async () => (await bench.TriggersAsync()).Count(intent => intent.Fate is TriggerFate.Missed or TriggerFate.NotAcknowledged or TriggerFate.Lost) == bench.Engine.TriggersOf(bench.Job.Id)!.Missed, "the count of missed triggers to agree");
    }

    [Fact]
    public async Task A_service_that_dies_in_the_pulse_never_sends_a_second_one()
    {
        await using TriggerBench bench = await TriggerBench.StartDeafAsync(GasLoss.GoOn, ("on_entry", "charge"));
        var hanging = new TaskCompletionSource();
        bench.Diffractometer.OnPulse = _ => hanging.Task;
        await bench.RowsUntilAsync(() => Task.FromResult(bench.Diffractometer.Fired.Count == 1), "the pulse");
        Task restart = bench.RestartAsync();
        hanging.SetException(new OperationCanceledException());
        await restart;

        await bench.RowsUntilAsync(async () => (await bench.TriggersAsync())[0] is { Fate: TriggerFate.Unconfirmed }, "the trigger to be unconfirmed");
        await bench.RowsUntilAsync(() => Task.FromResult(bench.Engine.TriggersOf(bench.Job.Id) is { State: TriggerState.Armed }), "the next trigger to be possible");

        Assert.Single(bench.Diffractometer.Fired);
        Assert.Single(await bench.TriggersAsync());
    }

    [Fact]
    public async Task A_pulse_that_took_long_to_store_is_missed_and_not_sent_late()
    {
        await using TriggerBench bench = await TriggerBench.StartWithSlowStoreAsync(("on_entry", "charge"));
        double? held = null;
        bench.Disk.Hold = write => held is null && write.Triggers.Any(intent => intent.Fate == TriggerFate.Firing)
            ? Eventually.TrueAsync(() => bench.LabSeconds > (held ??= bench.LabSeconds) + 150, "a second and a half")
            : null;

        await bench.RowsUntilAsync(async () => await bench.TriggersAsync() is [{ Fate: TriggerFate.Missed }], "the trigger to be missed");

        Assert.Contains("to store it", Assert.Single(await bench.TriggersAsync()).Reason, StringComparison.Ordinal);
        Assert.Empty(bench.Diffractometer.Fired);
    }

    [Fact]
    public async Task A_full_disk_does_not_keep_the_service_from_ending()
    {
        TriggerBench bench = await TriggerBench.StartAsync(("on_entry", "charge"));
        await bench.RowsUntilAsync(async () => await bench.TriggersAsync() is [{ Fate: TriggerFate.Exposing }], "the exposure");
        bench.Disk.IsFull = true;
        await Eventually.TrueAsync(() => bench.Disk.Refused > 3, "a trigger that cannot be stored");

        await bench.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    [Fact]
    public async Task A_service_that_dies_during_an_exposure_records_its_pattern_all_the_same()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(("on_entry", "charge"));
        await bench.RowsUntilAsync(async () => await bench.TriggersAsync() is [{ Fate: TriggerFate.Exposing }], "the exposure");
        await bench.RestartAsync();

        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Count == 1, "the pattern's record");

        Assert.Single(bench.Diffractometer.Fired);
        Assert.NotNull((await bench.PatternsAsync())[0].End);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exposure_that_does_not_end_is_an_alarm_while_its_job_runs_and_only_an_event_after_the_job_s_end(bool jobEnds)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(("on_entry", "charge"));
        await Eventually.TrueAsync(() => bench.Engine.TriggersOf(bench.Job.Id) is { State: TriggerState.Armed }, "the diffractometer armed");
        bench.Diffractometer.Exposure = TimeSpan.FromHours(10); // 30 s were asked for: overdue after 105 lab seconds
        await bench.RowsUntilAsync(async () => await bench.TriggersAsync() is [{ Fate: TriggerFate.Exposing }], "the exposure");
        if (jobEnds)
        {
            await bench.Engine.StopAsync(bench.Job.Id, "enough", "tester", default);
        }

        await bench.RowsUntilAsync(
            async () => (await bench.AlarmsAsync()).Any(alarm => alarm.Active) || (await bench.EventsAsync()).Any(told => told.Contains("runs for more than", StringComparison.Ordinal)),
            "the overdue exposure to be told");

        Assert.Equal(!jobEnds, (await bench.AlarmsAsync()).Any(alarm => alarm.Active && alarm.Text.Contains("runs for more than 105 s", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(GasLoss.Hold, JobState.Paused, "The job is held")]
    [InlineData(GasLoss.Stop, JobState.Cancelled, "The job is stopped")]
    public async Task The_pipeline_s_rule_says_what_a_failed_diffractometer_means_for_the_cell(GasLoss rule, JobState state, string told)
    {
        await using TriggerBench bench = await TriggerBench.StartDeafAsync(rule, ("every_s", "5"));

        await bench.RowsUntilAsync(async () => (await bench.Journal.ReadJobAsync(bench.Job.Id, default))!.State == state, $"the job to be {state}");

        Assert.Contains(await bench.Journal.ReadAlarmsAsync(true, default), alarm => alarm.Text.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_pulses_without_an_exposure_disarm_and_a_person_who_asks_arms_again()
    {
        await using TriggerBench bench = await TriggerBench.StartDeafAsync(GasLoss.GoOn, ("every_s", "5"));
        await bench.RowsUntilAsync(
            async () => (await bench.Journal.ReadAlarmsAsync(false, default)).Any(alarm => alarm is { Severity: AlarmSeverity.Warning, Active: true } && alarm.Id.StartsWith("trigger-", StringComparison.Ordinal)),
            "the alarm");
        await bench.RowsUntilAsync(async () => (await bench.TriggersAsync()).Any(intent => intent.Reason == "not armed"), "a trigger that is missed because nothing is armed");
        Assert.Equal(2, bench.Diffractometer.Fired.Count);

        bench.Diffractometer.IsDeaf = false;
        TriggerIntent manual = await bench.Engine.TriggerAsync(bench.Job.Id, "tester", default);

        Assert.Equal(("tester", true), (manual.By, manual.Times.Out is not null));
        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Any(pattern => pattern.RequestedBy == "tester") || await AskedAgainAsync(bench), "its pattern");
    }

    /// <summary>A machine that stood still for longer than the patience has not seen the exposure: the person asks once more.</summary>
    /// <returns>False: there is no pattern yet.</returns>
    private static async Task<bool> AskedAgainAsync(TriggerBench bench)
    {
        if ((await bench.TriggersAsync()).Last(intent => intent.By is not null).Fate == TriggerFate.NotAcknowledged)
        {
            await bench.Engine.TriggerAsync(bench.Job.Id, "tester", default);
        }

        return false;
    }
}
