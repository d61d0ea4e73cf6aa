using System.Globalization;
using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Rows of a cycler file as records of executed steps: step edges found, times and counters counted from the step's start.
/// Rows without voltage, current or time are passed over with a finding; nothing is filled in.</summary>
internal sealed class CyclerReader(ForeignTable table, CyclerPreview preview, FindingLog log)
{
    private readonly StepClock _clock = new(table, log);
    private readonly StepCounters _counters = new(table, log);
    private readonly StepEdges _edges = new(table, preview);
    private int _steps;
    private bool _pendingBegin;
    private string? _type;
    private (StepKind Kind, int Direction) _meaning = MeaningOf(null);

    /// <returns>False for a row that has no record in it.</returns>
    public bool TryRead(ForeignRow row, out CyclingRecord record, out RowPlace place)
    {
        bool begins = _edges.Begins(row);
        if (row[Quantity.Volts] is not { } volts || row[Quantity.Amperes] is not { } measured)
        {
            log.Warning(ForeignCodes.MissingValue, row.Index, null, string.Create(CultureInfo.InvariantCulture,
                $"row {row.Index}: no {(row[Quantity.Volts] is null ? "voltage" : "current")}; the row is passed over"));
            _pendingBegin |= begins;
            (record, place) = (default, default);
            return false;
        }

        begins |= _pendingBegin;
        if (!_clock.TryAdvance(row, begins, out double stepSeconds, out double testSeconds))
        {
            _pendingBegin = begins;
            (record, place) = (default, default);
            return false;
        }

        _pendingBegin = false;
        _steps += begins ? 1 : 0;
        if (!ReferenceEquals(row.StepType, _type))
        {
            (_type, _meaning) = (row.StepType, MeaningOf(row.StepType));
        }

        double amperes = preview.Unsigned && _meaning.Direction < 0 ? -Math.Abs(measured) : measured;
        _counters.Take(row, begins, amperes, stepSeconds);
        place = new RowPlace(testSeconds, begins);
        record = new CyclingRecord(
            row.Index, 1, null, _steps, _meaning.Kind, stepSeconds, row[Quantity.UnixSeconds] ?? 0, volts, amperes, _counters.Ah, _counters.Wh,
            (row[Quantity.InstrumentCycle] ?? row[Quantity.Cycle]) is { } cycle && Math.Abs(cycle) < int.MaxValue ? (int)cycle : null)
        {
            StepDirectedAmpereHours = _counters.DirectedAh,
            StepDirectedWattHours = _counters.DirectedWh,
        };
        return true;
    }

    private static (StepKind Kind, int Direction) MeaningOf(string? type) => (StepTypes.KindOf(type), StepTypes.DirectionOf(type));
}
