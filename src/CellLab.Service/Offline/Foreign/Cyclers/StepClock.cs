using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Time since the step began and since the test began, from whichever of the two columns a file has, or from its wall clock.</summary>
internal sealed class StepClock(ForeignTable table, FindingLog log)
{
    private double? _stepStart;
    private double? _firstUnix;
    private double _finished;
    private double _lastStepSeconds;
    private bool _told;

    public bool TryAdvance(ForeignRow row, bool begins, out double stepSeconds, out double testSeconds)
    {
        double? test = TestTime(row);
        stepSeconds = testSeconds = 0;
        if (begins)
        {
            _finished += _lastStepSeconds;
            _lastStepSeconds = 0;
            _stepStart = test;
        }

        if ((row[Quantity.StepSeconds] ?? (test - _stepStart)) is not { } inStep)
        {
            log.Warning(ForeignCodes.MissingValue, row.Index, null, string.Create(CultureInfo.InvariantCulture, $"row {row.Index}: no time; the row is passed over"));
            return false;
        }

        stepSeconds = inStep;
        testSeconds = test ?? (_finished + inStep);
        _lastStepSeconds = inStep;
        return true;
    }

    private double? TestTime(ForeignRow row)
    {
        if (table.Has(Quantity.TestSeconds))
        {
            return row[Quantity.TestSeconds];
        }

        if (table.Has(Quantity.StepSeconds) || row[Quantity.UnixSeconds] is not { } unix)
        {
            return null;
        }

        if (!_told)
        {
            _told = true;
            log.Info(ForeignCodes.TimeFromClock, null, table.NameOf(Quantity.UnixSeconds), "the file has no elapsed time; the differences of its wall clock are used");
        }

        _firstUnix ??= unix;
        return unix - _firstUnix;
    }
}
