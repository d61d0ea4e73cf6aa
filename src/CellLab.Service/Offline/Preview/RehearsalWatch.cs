using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>Notes what a rehearsal passes through.</summary>
internal sealed class RehearsalWatch(CellProgram program, RehearsalSetup setup, TriggerLatency latency)
{
    private readonly RecordEstimate _records = new(program.Record);
    private double _stepStartSeconds;

    public StepTotals Steps { get; } = new(setup, latency);

    public CycleTotals Cycles { get; } = new(program.NominalCapacityAmpereHours, setup.ActiveMassMilligrams);

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
        _records.Add(measurement, measurement.TimeSeconds - _stepStartSeconds);
    }

    public void Ended(StepEnding ending)
    {
        Steps.Add(ending, _records.Take());
        Cycles.Add(ending);
        Last = ending;
        _stepStartSeconds = ending.AtSeconds;
    }
}
