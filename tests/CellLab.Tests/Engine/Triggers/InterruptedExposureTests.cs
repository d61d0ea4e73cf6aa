using CellLab.Core.Records;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Triggers;

/// <summary>Exposures that end while the service is away: known by their file and the diffractometer, never invented.</summary>
public sealed class InterruptedExposureTests
{
    private const double Exposure = 30;

    [Theory]
    [InlineData(true, 20.0, PatternFlags.EndFromFile)]
    [InlineData(true, null, PatternFlags.EndEstimated)]
    [InlineData(false, null, PatternFlags.EndEstimated)]
    public async Task An_exposure_that_ended_while_the_service_was_away_has_its_own_file_and_an_end_that_is_marked_as_not_seen(bool written, double? scanSeconds, string flag)
    {
        await using TriggerBench bench = await StartAsync();
        await bench.RowsUntilAsync(async () => await bench.TriggersAsync() is [{ Fate: TriggerFate.Exposing }], "the exposure");
        await bench.RestartAsync(async () =>
        {
            await EndAsync(bench);
            if (written)
            {
                bench.Patterns!.Add("second.xy", scanSeconds);
            }
        });

        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Count == 1, "the pattern's record");

        PatternBody pattern = (await bench.PatternsAsync())[0];
        Assert.Equal(written ? "second.xy" : null, pattern.File?.Name); // the first one was there before the pulse
        Assert.Contains(flag, pattern.Flags);
        Assert.DoesNotContain(PatternFlags.Gap, pattern.Flags);
        Assert.Equal((null, null), (pattern.Times.BusyOff, pattern.ExposureMeasuredSeconds));
        Assert.True(pattern.Times.SeenFree!.AtUtc >= bench.Diffractometer.Exposed.To);
        Assert.Equal(pattern.Times.BusyOn!.AtUtc.AddSeconds(scanSeconds ?? Exposure), pattern.End!.AtUtc);
        Assert.Equal(TriggerBench.VoltsAt((pattern.End.AtUtc - DateTimeOffset.UnixEpoch).TotalSeconds), pattern.End.VoltageVolts, 1e-6);
        Assert.Single(bench.Diffractometer.Fired);
    }

    [Fact]
    public async Task A_pulse_that_nobody_confirmed_is_recorded_when_a_file_came_of_it_and_its_start_is_when_it_was_stored()
    {
        await using TriggerBench bench = await StartAsync();
        await DieInPulseAsync(bench, async () =>
        {
            await EndAsync(bench);
            bench.Patterns!.Add("second.xy", Exposure);
        });

        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Count == 1, "the pattern's record");

        PatternBody pattern = (await bench.PatternsAsync())[0];
        Assert.Equal(("second.xy", "none"), (pattern.File!.Name, pattern.Acknowledgement));
        Assert.Equal([PatternFlags.Unconfirmed, PatternFlags.StartUnseen, PatternFlags.EndFromFile], pattern.Flags);
        Assert.Equal(pattern.Times.Stored!.AtUtc, pattern.Start!.AtUtc);
        Assert.Null(pattern.StartUncertaintySeconds);
        Assert.Single(bench.Diffractometer.Fired);
    }

    [Fact]
    public async Task A_pulse_of_which_no_file_came_stays_unconfirmed_and_does_not_get_the_file_of_the_next_one()
    {
        await using TriggerBench bench = await StartAsync(TimeSpan.FromMilliseconds(500));
        bench.Diffractometer.IsDeaf = true;
        await DieInPulseAsync(bench, () => Task.CompletedTask);
        bench.Diffractometer.IsDeaf = false;

        await bench.RowsUntilAsync(() => Task.FromResult(bench.Engine.TriggersOf(bench.Job.Id) is { State: TriggerState.Armed }), "the next trigger to be possible");
        TriggerIntent next = await bench.Engine.TriggerAsync(bench.Job.Id, "tester", default);
        await bench.RowsUntilAsync(
            async () =>
            {
                TriggerFate fate = (await bench.TriggersAsync()).Single(intent => intent.Id == next.Id).Fate;
                next = fate is TriggerFate.NotAcknowledged or TriggerFate.Missed ? await bench.Engine.TriggerAsync(bench.Job.Id, "tester", default) : next; // too slow a machine
                return fate == TriggerFate.Exposing;
            },
            "the next exposure");
        bench.Patterns!.Add("second.xy", Exposure);
        await EndAsync(bench);
        await bench.RowsUntilAsync(async () => (await bench.PatternsAsync()).Count > 0, "the pattern's record");

        IReadOnlyList<TriggerIntent> triggers = await bench.TriggersAsync();
        Assert.Equal((TriggerFate.Unconfirmed, false), (triggers[0].Fate, triggers[0].Sought));
        Assert.Contains("no pattern file", triggers[0].Reason, StringComparison.Ordinal);
        PatternBody pattern = (await bench.PatternsAsync())[0];
        Assert.Equal((next.Id, "second.xy"), (pattern.TriggerId, pattern.File!.Name));
        Assert.Equal(bench.Diffractometer.Fired.Count, bench.Diffractometer.Fired.Distinct().Count());
    }

    /// <summary>30 s are asked for; the exposure runs until it is ended.</summary>
    private static async Task<TriggerBench> StartAsync(TimeSpan? acknowledgement = null)
    {
        var folder = new ScriptedPatterns();
        folder.Add("first.xy", 5);
        TriggerBench bench = await TriggerBench.StartAsync(folder, acknowledgement, ("on_entry", "charge"));
        await Eventually.TrueAsync(() => bench.Engine.TriggersOf(bench.Job.Id) is { State: TriggerState.Armed }, "the diffractometer armed");
        bench.Diffractometer.Exposure = TimeSpan.FromDays(1);
        return bench;
    }

    private static async Task EndAsync(TriggerBench bench)
    {
        double from = (bench.Diffractometer.Exposed.From - DateTimeOffset.UnixEpoch).TotalSeconds;
        await bench.RowsUntilAsync(() => Task.FromResult(bench.LabSeconds > from + (1.5 * Exposure)), "the time of the exposure");
        bench.Diffractometer.EndExposure();
    }

    private static async Task DieInPulseAsync(TriggerBench bench, Func<Task> meanwhile)
    {
        var hanging = new TaskCompletionSource();
        bench.Diffractometer.OnPulse = _ => hanging.Task;
        await bench.RowsUntilAsync(() => Task.FromResult(bench.Diffractometer.Fired.Count == 1), "the pulse");
        bench.Diffractometer.OnPulse = null;
        Task restart = bench.RestartAsync(meanwhile);
        hanging.SetException(new OperationCanceledException());
        await restart;
    }
}
