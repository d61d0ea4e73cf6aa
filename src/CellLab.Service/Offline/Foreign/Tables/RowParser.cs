using System.Globalization;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Fields of one line to one row. A field that cannot be read is a finding and a missing value; nothing is guessed or filled in.</summary>
internal sealed class RowParser(ColumnMap map, bool decimalComma, FindingLog log)
{
    private const int ShownCharacters = 40;

    private readonly ColumnSpec[] _columns = [.. map.Columns];

    public void Parse(FieldSplitter fields, ForeignRow row)
    {
        if (map.StepTypeField >= 0 && map.StepTypeField < fields.Count)
        {
            row.StepType = Known(fields[map.StepTypeField], row.StepType);
        }

        foreach (ref readonly ColumnSpec column in _columns.AsSpan())
        {
            ReadOnlySpan<char> text = fields[column.Field];
            if (!text.IsEmpty && TryRead(text, column, out double value))
            {
                row.Set(column.Quantity, value * column.Factor);
            }
            else if (!text.IsEmpty && !IsNothing(text))
            {
                Refuse(text, column, row.Index);
            }
        }
    }

    private string? _lastStepType;

    /// <summary>Names of steps come thousands of times; one string serves them all.</summary>
    private string? Known(ReadOnlySpan<char> text, string? before)
    {
        if (text.IsEmpty)
        {
            return before;
        }

        if (_lastStepType is null || !text.SequenceEqual(_lastStepType))
        {
            _lastStepType = text.ToString();
        }

        return _lastStepType;
    }

    private bool TryRead(ReadOnlySpan<char> text, in ColumnSpec column, out double value)
    {
        if (FieldValue.TryNumber(text, decimalComma, out value))
        {
            return true;
        }

        return column.Quantity switch
        {
            Quantity.UnixSeconds => DateField.TryRead(text, out value),
            Quantity.TestSeconds or Quantity.StepSeconds => FieldValue.TryClock(text, out value),
            _ => false,
        };
    }

    private static bool IsNothing(ReadOnlySpan<char> text) =>
        text is "-" or "--" or "XXX" || text.Equals("nan", StringComparison.OrdinalIgnoreCase) || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    private void Refuse(ReadOnlySpan<char> text, in ColumnSpec column, long row)
    {
        string shown = text.Length > ShownCharacters ? string.Concat(text[..ShownCharacters], "...") : text.ToString();
        log.Error(ForeignCodes.NotANumber, row, column.Header, string.Create(
            CultureInfo.InvariantCulture, $"row {row}, column '{column.Header}': '{shown}' is not a finite number; the value is missing"));
    }
}
