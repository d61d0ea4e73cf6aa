using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>Notes what a rehearsal passes through.</summary>
internal sealed class RehearsalWatch(CellProgram program, RehearsalSetup setup)
{
    private readonly RecordEstimate _records = new(program.Record);
    /// <summary>Executed steps that are told one by one; a long test has too many to read.</summary>
    private const int MostExecuted = 2000;

    private readonly List<PreviewedExecution> _executed = [];
    private readonly SegmentTotals _segments = new(program, setup);

    public StepTotals Steps { get; } = new(program, setup);

    public CycleTotals Cycles { get; } = new(program.NominalCapacityAmpereHours, setup.ActiveMassMilligrams);

    public IReadOnlyList<PreviewedSegment> Segments => _segments.Rows;

    public IReadOnlyList<PreviewedExecution> Executed => _executed;

    public PassedBounds Bounds { get; } = new(program, setup);

    public VoltageTrace Trace { get; } = new();

    public StepEnding? Last { get; private set; }

    public double HighestVolts { get; private set; } = double.MinValue;

    public double LowestVolts { get; private set; } = double.MaxValue;

    public double PeakAmperes { get; private set; }

    public void Measured(CellMeasurement measurement)
    {
        HighestVolts = Math.Max(HighestVolts, measurement.VoltageVolts);
        LowestVolts = Math.Min(LowestVolts, measurement.VoltageVolts);
        PeakAmperes = Math.Max(PeakAmperes, Math.Abs(measurement.CurrentAmperes));
        Trace.Add(measurement.TimeSeconds, measurement.VoltageVolts);
        _records.Add(measurement);
        Bounds.Measured(measurement);
    }

    public void Ended(StepEnding ending)
    {
        Steps.Add(ending, _records.Take(ending));
        _segments.Add(ending);
        Cycles.Add(ending);
        Bounds.Ended(ending.Step);
        Last = ending;
        if (_executed.Count < MostExecuted)
        {
            _executed.Add(new PreviewedExecution(
                ending.StepCount, ending.Step.Number, ending.Pass, ending.AtSeconds - ending.DurationSeconds, ending.DurationSeconds,
                ending.Cause.ToString().ToLowerInvariant(), ending.VoltageVolts));
        }
    }
}
