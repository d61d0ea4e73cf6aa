using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.TestKit.Waiting;
using Xunit.Abstractions;

namespace CellLab.Tests.Engine.Triggers;

public sealed class XrdBenchTests(ITestOutputHelper output)
{
    private const double Speed = 1000;
    private const double VoltTolerance = 1e-3;
    private const double CapacityTolerance = 0.1;

    private static readonly bool s_long = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1";

    /// <summary>A day of lab time: with the long tests only. Preview says 70 s for a voltage; beyond that comes what the wall's own delays cost at this speed.</summary>
    [Fact]
    public async Task Forty_triggers_over_a_cycle_are_accounted_for_and_each_pattern_has_the_state_of_the_cell()
    {
        if (!s_long)
        {
            return;
        }

        await using XrdBench bench = await XrdBench.StartAsync(Speed);
        Job job = await bench.SubmitAsync(
            ("every_mAh_per_g", "12"), ("every_voltage_V", "0.2"), ("from_voltage_V", "2.0"), ("at_charge_end", "true"), ("at_cycle_end", "true"), ("when_missed", "queue_latest"), ("max_age_s", "600"));
        await Eventually.TrueAsync(
            async () => (await bench.Journal.ReadJobAsync(job.Id, default))!.State.IsFinal() && bench.Engine.TriggersOf(job.Id) is null,
            "the cycle and its last pattern", 900);

        IReadOnlyList<TriggerIntent> triggers = await bench.Journal.ReadTriggersAsync(job.Id, default);
        IReadOnlyList<PatternBody> patterns = await bench.PatternsAsync(job.Id);
        Assert.True(triggers.Count >= 40, $"{triggers.Count} triggers");
        Assert.All(triggers, intent => Assert.True(intent.Fate == TriggerFate.Recorded || (intent.Fate == TriggerFate.Missed && intent.Reason is not null), $"{intent.Id}: {intent.Fate}"));
        Assert.Equal(triggers.Count(intent => intent.Fate == TriggerFate.Recorded), patterns.Count);
        Assert.Contains(triggers, intent => intent.Queued);
        Assert.All(patterns, pattern => Assert.NotNull(pattern.File));

        IReadOnlyList<RecordRow> rows = await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, int.MaxValue, default);
        var truth = new XrdTruth(1, rows);
        PatternState[] states = [.. patterns.SelectMany(pattern => new[] { pattern.Requested, pattern.Start, pattern.Middle, pattern.End }).OfType<PatternState>()];
        double[] volts = [.. states.Select(state => Math.Abs(state.VoltageVolts - truth.VoltsAt(state.StepIndex, state.StepTimeSeconds)))];
        double[] capacities = [.. states.Select(state => Math.Abs(state.CapacityMilliampereHoursPerGram - XrdTruth.CapacityAt(state.StepTimeSeconds)))];
        output.WriteLine(FormattableString.Invariant(
            $"{triggers.Count} triggers, {patterns.Count} patterns, {triggers.Count(intent => intent.Queued)} queued, {triggers.Count(intent => intent.Fate == TriggerFate.Missed)} missed; largest error {volts.Max() * 1e3:F3} mV, {capacities.Max():F4} mAh/g; latency of those that did not wait {triggers.Where(intent => !intent.Queued && intent.Fate == TriggerFate.Recorded).Max(intent => intent.Times.LatencySeconds):F1} s"));
        Assert.True(volts.Max() <= VoltTolerance, $"{volts.Max() * 1e3} mV at {states[Array.IndexOf(volts, volts.Max())]}");
        Assert.True(capacities.Max() <= CapacityTolerance, $"{capacities.Max()} mAh/g at {states[Array.IndexOf(capacities, capacities.Max())]}");
    }
}
