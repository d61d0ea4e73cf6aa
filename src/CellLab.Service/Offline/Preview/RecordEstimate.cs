using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>How many rows a tester stores: first and last of every step, and between them one per interval or per change, whichever are more.</summary>
internal sealed class RecordEstimate(RecordRule whole)
{
    private const double BothEnds = 2;

    private readonly List<CellMeasurement> _ofStep = [];

    public void Add(CellMeasurement measurement) => _ofStep.Add(measurement);

    /// <summary>Rows of the step that has ended; the next one begins.</summary>
    public long Take(StepEnding ending)
    {
        if (ending.Step is OtherInstrumentStep)
        {
            _ofStep.Clear();
            return 0; // the cycler stores nothing
        }

        RecordRule rule = RuleOf(ending.Step, whole);
        double rows = BothEnds;
        CellMeasurement? before = null;
        foreach (CellMeasurement measurement in _ofStep)
        {
            double start = before?.TimeSeconds ?? ending.AtSeconds - ending.DurationSeconds;
            double volts = Math.Abs(measurement.VoltageVolts - (before ?? measurement).VoltageVolts);
            double amperes = Math.Abs(measurement.CurrentAmperes - (before ?? measurement).CurrentAmperes);
            rows += Math.Max((measurement.TimeSeconds - start) / rule.IntervalSeconds, Math.Max(volts / rule.DeltaVolts ?? 0, amperes / rule.DeltaAmperes ?? 0));
            before = measurement;
        }

        _ofStep.Clear();
        return (long)rows;
    }

    public static RecordRule RuleOf(ProgramStep step, RecordRule whole) => step.Record ?? whole;
}
