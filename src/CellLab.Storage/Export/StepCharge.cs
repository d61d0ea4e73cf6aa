using CellLab.Core.Cycles;
using CellLab.Core.Records;

namespace CellLab.Storage.Export;

/// <summary>Charge and energy of one executed step as its records come: the device's counters first, else the trapezoid (docs: data formats,
/// section 7; the same <see cref="CounterTrack"/> as the analysis).</summary>
internal sealed class StepCharge
{
    private const double SecondsPerHour = 3600;
    private readonly double _gapSeconds;
    private InstrumentRecord _last;

    public StepCharge(InstrumentRecord first, double gapSeconds)
    {
        _gapSeconds = gapSeconds;
        _last = first;
        double charge = first.CurrentAmperes * Math.Max(0, first.StepTimeSeconds) / SecondsPerHour;
        Capacity.Begin(first.StepCapacityAmpereHours, charge, DirectionOf(first));
        Energy.Begin(first.StepEnergyWattHours, charge * first.VoltageVolts, DirectionOf(first));
    }

    /// <summary>Ah since the start of the step.</summary>
    public CounterTrack Capacity { get; } = new();

    /// <summary>Wh since the start of the step.</summary>
    public CounterTrack Energy { get; } = new();

    public InstrumentRecord Last => _last;

    public void Add(InstrumentRecord next)
    {
        double seconds = Math.Max(0, next.StepTimeSeconds - _last.StepTimeSeconds);
        double hours = seconds / SecondsPerHour;
        bool gap = IsGap(_last, next, _gapSeconds);
        double charge = (next.CurrentAmperes + _last.CurrentAmperes) / 2 * hours;
        double power = ((next.CurrentAmperes * next.VoltageVolts) + (_last.CurrentAmperes * _last.VoltageVolts)) / 2;
        Capacity.Add(next.StepCapacityAmpereHours, charge, gap, DirectionOf(next));
        Energy.Add(next.StepEnergyWattHours, power * hours, gap, DirectionOf(next));
        _last = next;
    }

    /// <summary>Adds what flowed between the last record and the end that the step table tells; a counter has that already.</summary>
    public void EndAt(double stepSeconds)
    {
        double charge = _last.CurrentAmperes * Math.Max(0, stepSeconds - _last.StepTimeSeconds) / SecondsPerHour;
        Capacity.End(charge);
        Energy.End(charge * _last.VoltageVolts);
    }

    /// <summary>Records are missing between the two, or none came for longer than allowed.</summary>
    public static bool IsGap(InstrumentRecord last, InstrumentRecord next, double gapSeconds) =>
        next.RecordNumber > last.RecordNumber + 1 || next.StepTimeSeconds - last.StepTimeSeconds > gapSeconds;

    private static int DirectionOf(InstrumentRecord record) => record.CurrentAmperes != 0
        ? Math.Sign(record.CurrentAmperes)
        : record.Kind == StepKind.ConstantCurrentDischarge ? -1 : 1;
}
