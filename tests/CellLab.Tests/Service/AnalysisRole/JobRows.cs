using CellLab.Core.Records;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>Rows of a job on a cell of 1 mAh: charge, rest and discharge at about 1C, again and again.</summary>
internal static class JobRows
{
    public const int PerCycle = 34;

    private const int PerHalf = 16;
    private const double SecondsBetween = 225;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static RecordRow[] OfCycles(int cycles) => [.. Enumerable.Range(0, cycles * PerCycle).Select(Row)];

    private static RecordRow Row(int index)
    {
        (int cycle, int within) = Math.DivRem(index, PerCycle);
        (StepKind kind, int step, int place, double sign) = within switch
        {
            < PerHalf => (StepKind.ConstantCurrentCharge, 1, within, 1.0),
            < PerHalf + 2 => (StepKind.Rest, 2, within - PerHalf, 0.0),
            _ => (StepKind.ConstantCurrentDischarge, 3, within - PerHalf - 2, -0.9),
        };
        double time = place * SecondsBetween;
        double amperes = sign * 1e-3;
        double capacity = Math.Abs(amperes) * time / 3600;
        double volts = 3.5 + (sign * 0.3) + (1e-4 * place);
        DateTimeOffset taken = Start.AddSeconds(index * SecondsBetween);
        return new RecordRow(
            FakeService.Job, Streams.Cycler, index + 1, 1, index * SecondsBetween, cycle + 1, "loop-1", cycle + 1,
            new InstrumentRecord(
                index + 1, (3 * cycle) + step, step, kind, time, index * SecondsBetween, false, taken, taken, volts, amperes,
                capacity, capacity * volts, cycle + 1));
    }
}
