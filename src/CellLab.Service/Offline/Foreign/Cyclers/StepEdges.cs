using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Finds where an executed step begins. Numbers of program steps come back in loops, so a change, not the number, tells; a step time that
/// falls tells too. Without any such column the sign of the current divides the file. What a row does not say stays as it was in the row before.</summary>
internal sealed class StepEdges(ForeignTable table, CyclerPreview preview)
{
    private double? _count, _id, _record, _seconds;
    private string? _type;
    private int? _sign;

    /// <summary>Of the last current that was no rest.</summary>
    private int _direction;

    public bool Begins(ForeignRow row)
    {
        int? sign = row[Quantity.Amperes] is not { } amperes ? _sign : Math.Abs(amperes) <= preview.SmallestAmperes ? 0 : Math.Sign(amperes);
        bool first = _sign is null && sign is not null;
        bool begins = row.BeginsStep || first || (_sign is not null && Differs(row, sign ?? 0));
        _count = row[Quantity.StepCount] ?? _count;
        _id = row[Quantity.StepId] ?? _id;
        _record = row[Quantity.StepRecord] ?? _record;
        _seconds = row[Quantity.StepSeconds] ?? _seconds;
        _type = row.StepType ?? _type;
        _sign = sign;
        _direction = sign is null or 0 ? _direction : sign.Value;
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
            bool reversed = sign * _direction < 0; // a rest between them changes nothing
            return (row[Quantity.StepId] is { } id && id != _id) || fell || (!table.Has(Quantity.StepSeconds) && (renamed || reversed));
        }

        return table.Has(Quantity.StepRecord) ? row[Quantity.StepRecord] is { } record && (preview.RecordIndexIsStep ? record != _record : record <= _record)
            : table.Has(Quantity.StepSeconds) ? fell
            : row.StepType is { } name ? name != _type
            : sign != _sign;
    }
}
