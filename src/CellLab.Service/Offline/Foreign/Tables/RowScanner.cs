using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Reads the rows that are as nearly all rows are: as many fields as the header, plain numbers or nothing in those that are read. Every other row
/// is left to <see cref="RowParser"/>, which would give the same for these. Holds no state, so another thread may do it.</summary>
internal sealed class RowScanner
{
    private const int NotRead = -1;
    private const int StepType = -2;
    private const byte Feed = (byte)'\n';
    private const byte Return = (byte)'\r';

    private readonly int[] _slots;
    private readonly double[] _factors;
    private readonly byte _delimiter, _point;
    private readonly bool _possible;

    public RowScanner(DelimitedLayout layout)
    {
        ColumnMap map = layout.Map;
        _slots = new int[layout.HeaderFields];
        Array.Fill(_slots, NotRead);
        _factors = [.. map.Columns.Select(column => column.Factor)];
        _delimiter = (byte)layout.Delimiter;
        _point = (byte)(layout.DecimalComma ? ',' : '.');
        int[] read = [.. map.Columns.Select(column => column.Field).Append(Math.Max(0, map.StepTypeField))];
        _possible = layout.Delimiter is not ' ' && layout.LinePrefix is null && read.Max() < _slots.Length && !map.Columns.Any(column => column.Field == map.StepTypeField);
        for (int slot = 0; _possible && slot < _factors.Length; slot++)
        {
            _slots[read[slot]] = slot;
        }

        if (_possible && map.StepTypeField >= 0)
        {
            _slots[map.StepTypeField] = StepType;
        }
    }

    public int Columns => _factors.Length;

    public void Scan(RowBlock block, int start, int end)
    {
        ReadOnlySpan<byte> text = block.Bytes;
        while (start < end)
        {
            Span<double> values = block.Add(start, out int row);
            ref RowMark mark = ref block[row];
            int at = start;
            mark.Plain = _possible && TryScan(text, ref at, values, ref mark);
            at = mark.Plain ? at : start + text[start..].IndexOfAny(Feed, Return);
            mark.End = at;
            start = at + (text[at] == Return && at + 1 < end && text[at + 1] == Feed ? 2 : 1);
        }
    }

    /// <param name="at">Is at what ends the line when the row could be read.</param>
    private bool TryScan(ReadOnlySpan<byte> text, ref int at, Span<double> values, ref RowMark mark)
    {
        int numbers = 0;
        for (int field = 0; field < _slots.Length; field++)
        {
            int start = at, slot = _slots[field];
            if (slot < 0)
            {
                at = EndOfField(text, at);
                if (slot == StepType && !TryMark(text, start, at, ref mark))
                {
                    return false;
                }
            }
            else if (text[at] != _delimiter && text[at] is not (Feed or Return))
            {
                if (!PlainNumber.TryTake(text, ref at, _point, out double value))
                {
                    return false;
                }

                values[slot] = value * _factors[slot];
                numbers++;
            }

            if (field == _slots.Length - 1)
            {
                break;
            }

            if (text[at] != _delimiter)
            {
                return false;
            }

            at++;
        }

        while (text[at] == _delimiter)
        {
            at++; // behind the last field
        }

        return numbers > 0 && text[at] is Feed or Return;
    }

    /// <summary>At a quotation mark too, within which a delimiter may stand: it ends no field.</summary>
    private int EndOfField(ReadOnlySpan<byte> text, int at)
    {
        while (text[at] != _delimiter && text[at] is not (Feed or Return or (byte)'"'))
        {
            at++;
        }

        return at;
    }

    /// <summary>Names with something at their ends that may have to be taken off need a closer look.</summary>
    private static bool TryMark(ReadOnlySpan<byte> text, int start, int end, ref RowMark mark)
    {
        (mark.TypeStart, mark.TypeLength) = (start, end - start);
        return start == end || (text[start] is > (byte)'\'' and < 0xEF && text[end - 1] is > (byte)'\'' and not 0xBF);
    }
}
