using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>How many rows a tester stores: first and last of every step, and between them one per interval or per change, whichever are more.</summary>
internal sealed class RecordEstimate(RecordRule rule)
{
    private const double BothEnds = 2;

    private CellMeasurement? _last;
    private double _rows = BothEnds;

    public void Add(CellMeasurement measurement, double stepSeconds)
    {
        double seconds = _last is { } last ? measurement.TimeSeconds - last.TimeSeconds : stepSeconds;
        double volts = _last is { } before ? Math.Abs(measurement.VoltageVolts - before.VoltageVolts) : 0;
        double amperes = _last is { } earlier ? Math.Abs(measurement.CurrentAmperes - earlier.CurrentAmperes) : 0;
        _rows += Math.Max(seconds / rule.IntervalSeconds, Math.Max(volts / rule.DeltaVolts ?? 0, amperes / rule.DeltaAmperes ?? 0));
        _last = measurement;
    }

    /// <summary>Rows of the step that has ended; the next one begins.</summary>
    public long Take()
    {
        long rows = (long)_rows;
        (_rows, _last) = (BothEnds, null);
        return rows;
    }
}
