using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Finds where an executed step begins. Numbers of program steps come back in loops, so a change, not the number, tells; a step time that
/// falls tells too. Without any such column the sign of the current divides the file.</summary>
internal sealed class StepEdges(ForeignTable table, double smallestAmperes)
{
    private double? _count, _id, _record, _seconds;
    private string? _type;
    private int? _sign;

    public bool Begins(ForeignRow row)
    {
        int sign = Math.Abs(row[Quantity.Amperes] ?? 0) <= smallestAmperes ? 0 : Math.Sign(row[Quantity.Amperes] ?? 0);
        bool begins = row.BeginsStep || _sign is null || Differs(row, sign);
        _count = row[Quantity.StepCount] ?? _count;
        _id = row[Quantity.StepId] ?? _id;
        _record = row[Quantity.StepRecord] ?? _record;
        _seconds = row[Quantity.StepSeconds] ?? _seconds;
        _type = row.StepType ?? _type;
        _sign = sign;
        return begins;
    }

    private bool Differs(ForeignRow row, int sign)
    {
        if (table.Has(Quantity.StepCount))
        {
            return row[Quantity.StepCount] is { } count && count != _count;
        }

        bool fell = row[Quantity.StepSeconds] < _seconds;
        if (table.Has(Quantity.StepId))
        {
            bool renamed = row.StepType is { } type && type != _type;
            bool reversed = sign * _sign < 0;
            return (row[Quantity.StepId] is { } id && id != _id) || fell || (!table.Has(Quantity.StepSeconds) && (renamed || reversed));
        }

        return table.Has(Quantity.StepRecord) ? row[Quantity.StepRecord] is { } record && record <= _record
            : table.Has(Quantity.StepSeconds) ? fell
            : row.StepType is { } name ? name != _type
            : sign != _sign;
    }
}
