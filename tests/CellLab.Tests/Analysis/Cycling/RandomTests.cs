using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>Random battery tests: steps of every direction and size, with and without counters, gaps, falls and segments.
/// FsCheck prints the seed of a failure.</summary>
internal static class RandomTests
{
    public static CyclingSettings Settings { get; } = new(1e-3, LeadingDirection.Charge, 30);

    public static Arbitrary<CyclingRecord[]> Arbitrary { get; } = ArbMap.Default.ArbFor<int>().Generator.Select(Make).ToArbitrary();

    private static CyclingRecord[] Make(int seed)
    {
        var random = new Random(seed);
        var records = new List<CyclingRecord>();
        int segment = 1;
        for (int step = 1; step <= random.Next(1, 12); step++)
        {
            segment += random.Next(6) == 0 ? 1 : 0;
            AddStep(records, segment, step, random);
        }

        return [.. records];
    }

    private static void AddStep(List<CyclingRecord> records, int segment, int step, Random random)
    {
        var kind = (StepKind)random.Next(0, 6);
        double amperes = (random.Next(3) - 1) * random.NextDouble() * 1e-3;
        bool counted = random.Next(2) == 0;
        double time = random.Next(2) * random.NextDouble() * 100;
        double counter = time * Math.Abs(amperes) / 3600;
        for (int n = random.Next(1, 20); n > 0; n--)
        {
            double now = amperes * (1 + (0.1 * random.NextDouble())) * (random.Next(20) == 0 ? -1 : 1);
            records.Add(new CyclingRecord(
                records.Count + 1, segment, records.Count + 1, step, kind, time, 1e9 + time, 2 + (2.8 * random.NextDouble()), now,
                counted && random.Next(15) > 0 ? counter : null, counted ? 3.5 * counter : null, step, "block" + (step / 4), 1));
            double interval = random.NextDouble() * (random.Next(10) == 0 ? 500 : 60);
            time += interval;
            counter = random.Next(15) == 0 ? 0 : counter + (interval * Math.Abs(now) / 3600);
        }
    }
}
