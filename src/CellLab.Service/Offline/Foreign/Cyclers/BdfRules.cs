using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>The rules of a Battery Data Format checker, on the rows as they pass; every defect is named with its row. Nothing is repaired.</summary>
internal sealed class BdfRules(ForeignTable table, FindingLog log, double usualIntervalSeconds)
{
    private static readonly (Quantity Sum, Quantity Left, Quantity Right, int Sign)[] s_identities =
    [
        (Quantity.CumulativeAh, Quantity.ChargeAh, Quantity.DischargeAh, 1),
        (Quantity.NetAh, Quantity.ChargeAh, Quantity.DischargeAh, -1),
        (Quantity.CumulativeWh, Quantity.ChargeWh, Quantity.DischargeWh, 1),
        (Quantity.NetWh, Quantity.ChargeWh, Quantity.DischargeWh, -1),
    ];

    private static readonly Quantity[] s_risingSums = [Quantity.CumulativeAh, Quantity.CumulativeWh];

    private readonly (Quantity Sum, Quantity Left, Quantity Right, int Sign)[] _identities =
        [.. s_identities.Where(rule => table.Has(rule.Sum) && table.Has(rule.Left) && table.Has(rule.Right))];

    private readonly Quantity[] _risingSums = [.. s_risingSums.Where(table.Has)];

    /// <summary>Whose value in the row before and whose largest so far is asked for.</summary>
    private readonly Quantity[] _remembered = [.. new[] { Quantity.TestSeconds, Quantity.Cycle, Quantity.StepRecord }.Concat(s_risingSums).Where(table.Has)];
    private readonly Quantity[] _tracked = [.. s_identities.SelectMany(rule => new[] { rule.Sum, rule.Left, rule.Right }).Distinct().Where(table.Has)];

    private readonly double[] _last = NaNs();
    private readonly double[] _largest = new double[(int)Quantity.Count];
    private bool _stepRecordSeen;
    private double _smallestStepRecord = double.MaxValue;

    public void Check(ForeignRow row)
    {
        Track(row);
        CheckTime(row);
        CheckIdentities(row);
        if (table.Scope == CounterScope.Test)
        {
            CheckRising(row);
        }

        CheckCycleCount(row);
        CheckStepRecord(row);
        Remember(row);
    }

    public void Finish()
    {
        if (_stepRecordSeen && _smallestStepRecord != 1)
        {
            log.Warning(ForeignCodes.StepRecordIndex, null, table.NameOf(Quantity.StepRecord), string.Create(CultureInfo.InvariantCulture,
                $"'{table.NameOf(Quantity.StepRecord)}' is never 1 (smallest {_smallestStepRecord}); it looks like the number of a program step, which is 'Step ID'"));
        }
    }

    private void CheckTime(ForeignRow row)
    {
        if (Change(row, Quantity.TestSeconds) is { } change && change < -0.01 * usualIntervalSeconds)
        {
            log.Warning(ForeignCodes.TimeFell, row.Index, table.NameOf(Quantity.TestSeconds), string.Create(CultureInfo.InvariantCulture,
                $"row {row.Index}: the test time falls by {-change:0.######} s"));
        }
    }

    private void CheckIdentities(ForeignRow row)
    {
        foreach ((Quantity sum, Quantity left, Quantity right, int sign) in _identities)
        {
            if (row[sum] is { } found && row[left] is { } first && row[right] is { } second)
            {
                double expected = first + (sign * second);
                double scale = Math.Max(_largest[(int)left], _largest[(int)right]);
                if (Math.Abs(found - expected) > (1e-6 * Math.Abs(expected)) + 1e-9 + (1e-7 * scale))
                {
                    log.Warning(ForeignCodes.Identity, row.Index, table.NameOf(sum), string.Create(CultureInfo.InvariantCulture,
                        $"row {row.Index}: '{table.NameOf(sum)}' is {found}, expected {expected} ({(sign > 0 ? "sum" : "difference")} of charging and discharging)"));
                }
            }
        }
    }

    /// <summary>The sums without direction; those with direction are watched where they are used (a fall there begins a new part).</summary>
    private void CheckRising(ForeignRow row)
    {
        foreach (Quantity quantity in _risingSums)
        {
            if (Change(row, quantity) is { } change && change < -(1e-9 + (1e-6 * _largest[(int)quantity])))
            {
                log.Warning(ForeignCodes.CounterFell, row.Index, table.NameOf(quantity), string.Create(CultureInfo.InvariantCulture,
                    $"row {row.Index}: '{table.NameOf(quantity)}' falls by {-change:g6}; it counts from the beginning of the test and must not"));
            }
        }
    }

    private void CheckCycleCount(ForeignRow row)
    {
        if (row[Quantity.Cycle] is not { } cycle)
        {
            return;
        }

        string? wrong = cycle < 0 ? "is negative" : cycle != Math.Round(cycle) ? "is not whole"
            : Change(row, Quantity.Cycle) < 0 ? "falls" : null;
        if (wrong is not null)
        {
            log.Warning(ForeignCodes.CycleCount, row.Index, table.NameOf(Quantity.Cycle), string.Create(CultureInfo.InvariantCulture,
                $"row {row.Index}: the cycle count {wrong} ({cycle})"));
        }
    }

    private void CheckStepRecord(ForeignRow row)
    {
        if (row[Quantity.StepRecord] is not { } number)
        {
            return;
        }

        _stepRecordSeen = true;
        _smallestStepRecord = Math.Min(_smallestStepRecord, number);
        if (_smallestStepRecord == 1 && Change(row, Quantity.StepRecord) is { } change && change != 1 && number != 1)
        {
            log.Warning(ForeignCodes.StepRecordIndex, row.Index, table.NameOf(Quantity.StepRecord), string.Create(CultureInfo.InvariantCulture,
                $"row {row.Index}: '{table.NameOf(Quantity.StepRecord)}' goes from {number - change} to {number}; expected one more, or 1 for a new step"));
        }
    }

    private double? Change(ForeignRow row, Quantity quantity) =>
        row[quantity] is { } value && !double.IsNaN(_last[(int)quantity]) ? value - _last[(int)quantity] : null;

    private void Track(ForeignRow row)
    {
        foreach (Quantity quantity in _tracked)
        {
            double size = Math.Abs(row.Number(quantity));
            if (size > _largest[(int)quantity])
            {
                _largest[(int)quantity] = size;
            }
        }
    }

    private void Remember(ForeignRow row)
    {
        foreach (Quantity quantity in _remembered)
        {
            double value = row.Number(quantity);
            if (!double.IsNaN(value))
            {
                _last[(int)quantity] = value;
            }
        }
    }

    private static double[] NaNs()
    {
        double[] values = new double[(int)Quantity.Count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
