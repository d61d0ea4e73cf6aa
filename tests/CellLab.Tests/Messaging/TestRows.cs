using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Tests.Messaging;

internal static class TestRows
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static JobId JobA { get; } = new("aaaaaaaaaaaa");

    public static JobId JobB { get; } = new("bbbbbbbbbbbb");

    public static RecordRow Row(JobId job, long sequence, string stream = Streams.Cycler) => new(
        job, stream, sequence, Segment: 0, TestTimeSeconds: sequence * 0.1, Cycle: 1, Block: "main", Pass: 1,
        new InstrumentRecord(
            sequence, StepCount: 2, StepId: 1, StepKind.ConstantCurrentCharge, StepTimeSeconds: sequence * 0.1, SegmentTimeSeconds: sequence * 0.1,
            Provisional: false, Start.AddMilliseconds(100 * sequence), Start.AddMilliseconds((100 * sequence) + 7),
            VoltageVolts: 2.5 + (sequence * 1e-4), CurrentAmperes: 25e-6, StepCapacityAmpereHours: sequence * 1e-9,
            StepEnergyWattHours: null, InstrumentCycle: 1));

    public static RecordRow[] Rows(JobId job, long first, int count) => [.. Enumerable.Range(0, count).Select(i => Row(job, first + i))];

    /// <summary>Any values, among them those that are hard to print.</summary>
    public static RecordRow Random(Random random, JobId job, long sequence) => new(
        job, Streams.Cycler, sequence, random.Next(5), Double(random), random.Next(400), $"block \"{random.Next(3)}\" \u00b5", random.Next(1, 9),
        new InstrumentRecord(
            random.NextInt64(1, long.MaxValue), random.Next(), random.Next(), (StepKind)random.Next(0, 13), Double(random), Double(random),
            random.Next(2) == 0, Time(random), Time(random), Double(random), Double(random),
            random.Next(3) == 0 ? null : Double(random), random.Next(3) == 0 ? null : Double(random), random.Next(3) == 0 ? null : random.Next()));

    private static double Double(Random random)
    {
        double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsFinite(value) ? value : -0.0;
    }

    private static DateTimeOffset Time(Random random) => new(random.NextInt64(0, DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
