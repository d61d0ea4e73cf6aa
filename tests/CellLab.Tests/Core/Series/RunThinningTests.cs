using CellLab.Core.Series;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Series;

public sealed class RunThinningTests
{
    /// <summary>Voltages with rare spikes, at intervals that differ by four powers of ten, and the number of parts asked for.</summary>
    private static readonly Gen<(List<RecordRun> Runs, int Parts)> Cases =
        from parts in Gen.Choose(1, 40)
        from volts in Gen.Frequency((9, Gen.Choose(2000, 4800)), (1, Gen.Choose(-9000, 9000))).ListOf()
        from steps in Gen.Elements(0.1, 1.0, 30, 1000, -0.2).ListOf(volts.Count)
        select (Runs([.. volts], [.. steps]), parts);

    [Fact]
    public void Every_part_keeps_its_extremes_and_all_records_and_there_are_no_more_than_asked_for() =>
        Prop.ForAll(Cases.ToArbitrary(), one => Holds(one.Runs, one.Parts)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void One_record_among_two_million_is_still_seen()
    {
        List<RecordRun> runs = Runs([.. Enumerable.Repeat(3700, 20_000)], [.. Enumerable.Repeat(1.0, 20_000)]);
        runs[12_345] = runs[12_345] with { Voltage = Extremes.Of(5.5), SilenceSeconds = 900 };

        IReadOnlyList<RecordRun> thin = RunThinning.Thin(runs, 700);

        RecordRun spike = Assert.Single(thin, run => run.Voltage.Highest > 5);
        Assert.Equal((5.5, 900.0), (spike.Voltage.Highest, spike.SilenceSeconds));
        Assert.InRange(thin.Count, 600, 700);
    }

    private static bool Holds(List<RecordRun> runs, int parts)
    {
        IReadOnlyList<RecordRun> thin = RunThinning.Thin(runs, parts);
        long next = 1;
        foreach (RecordRun run in thin)
        {
            RecordRun[] inside = [.. runs.Where(one => one.FirstSequence >= run.FirstSequence && one.LastSequence <= run.LastSequence)];
            if (run.FirstSequence != next || run.Voltage.Lowest != inside.Min(one => one.Voltage.Lowest) || run.Voltage.Highest != inside.Max(one => one.Voltage.Highest)
                || run.Current.Lowest != inside.Min(one => one.Current.Lowest) || run.Voltage.First != inside[0].Voltage.First || run.Voltage.Last != inside[^1].Voltage.Last
                || run.SilenceSeconds != inside.Max(one => one.SilenceSeconds) || run.StartSeconds != inside[0].StartSeconds || run.EndSeconds != inside[^1].EndSeconds)
            {
                return false;
            }

            next = run.LastSequence + 1;
        }

        return next == runs.Count + 1 && thin.Count <= parts;
    }

    private static List<RecordRun> Runs(int[] millivolts, double[] steps)
    {
        var runs = new List<RecordRun>();
        double time = 0;
        for (int index = 0; index < millivolts.Length; index++)
        {
            double before = time;
            time += steps[index];
            runs.Add(new RecordPoint(index + 1, time, millivolts[index] * 1e-3, -millivolts[index] * 1e-6, 1 + (index / 100), 1, null).ToRun(before));
        }

        return runs;
    }
}
