using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>Makes records of steps from formulas, in order and numbered.</summary>
internal sealed class Data
{
    private readonly List<CyclingRecord> _records = [];
    private int _step;
    private double _utc;

    public static CyclingSettings OneMilliampereHour { get; } = new(1e-3, LeadingDirection.Charge, 600);

    public static CellFigures TwoMilligrams { get; } = new(new CRateBase(250, 2.0), LeadingDirection.Charge);

    public IReadOnlyList<CyclingRecord> Records => _records;

    public int Segment { get; set; } = 1;

    public string Block { get; set; } = "main";

    public int Pass { get; set; } = 1;

    /// <summary>Adds one executed step; times in s, milliamperes and volts at each of them, the counters in mAh and mWh where given.</summary>
    public Data Step(
        StepKind kind,
        IEnumerable<double> times,
        Func<double, double> milliamperes,
        Func<double, double> volts,
        Func<double, double?>? milliampereHours = null,
        Func<double, double?>? milliwattHours = null)
    {
        _step++;
        double last = 0;
        foreach (double time in times)
        {
            last = Math.Max(last, time);
            _records.Add(new CyclingRecord(
                _records.Count + 1, Segment, _records.Count + 1, _step, kind, time, _utc + time, volts(time), milliamperes(time) * 1e-3,
                milliampereHours?.Invoke(time) * 1e-3, milliwattHours?.Invoke(time) * 1e-3, 1, Block, Pass));
        }

        _utc += last;
        return this;
    }

    /// <summary>A constant-current step that moves the given charge (positive charges) at 1 mA, with a counter.</summary>
    public Data Constant(double milliampereHours)
    {
        double seconds = Math.Abs(milliampereHours) * 3600;
        double sign = Math.Sign(milliampereHours);
        StepKind kind = sign > 0 ? StepKind.ConstantCurrentCharge : StepKind.ConstantCurrentDischarge;
        return Step(kind, Grid(0, seconds, 10), _ => sign, _ => 3.5, t => t / 3600, t => 3.5 * t / 3600);
    }

    public CyclingBatch Run(CyclingSettings? settings = null, DataEnd end = DataEnd.AsProgrammed) =>
        CyclingBatch.Run(_records, settings ?? OneMilliampereHour, end);

    public static IEnumerable<double> Grid(double from, double to, int intervals) =>
        Enumerable.Range(0, intervals + 1).Select(i => from + ((to - from) * i / intervals));
}
