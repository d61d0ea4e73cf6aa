using System.Globalization;
using System.Text;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Lines of scanned blocks to rows, in the file's order. What the scan could not read is parsed here, and what is wrong with it goes to the log.</summary>
internal sealed class RowReader(DelimitedLayout layout, FindingLog log)
{
    private readonly FieldSplitter _fields = new(layout.Delimiter);
    private readonly RowParser _parser = new(layout.Map, layout.DecimalComma, log);
    private readonly Quantity[] _columns = [.. layout.Map.Columns.Select(column => column.Quantity)];
    private byte[] _typeBytes = [];
    private string _type = "";
    private long _index = -1;

    /// <summary>The row read last; the same object again and again.</summary>
    public ForeignRow Row { get; } = new();

    /// <summary>The table ends before the file does.</summary>
    public bool Ended { get; private set; }

    /// <returns>False for a line that is no row.</returns>
    public bool TryRead(RowBlock block, int row)
    {
        if (!block[row].Plain)
        {
            return TryParse(block.Line(row));
        }

        Row.Index = ++_index;
        Row.StepType = TypeOf(block.StepType(row));
        ReadOnlySpan<double> values = block.Values(row);
        for (int column = 0; column < values.Length; column++)
        {
            Row.Set(_columns[column], values[column]);
        }

        return true;
    }

    private bool TryParse(ReadOnlyMemory<char> line)
    {
        Ended = layout.LinePrefix is { } prefix && !line.Span.StartsWith(prefix, StringComparison.Ordinal);
        if (Ended || line.Span.IsWhiteSpace())
        {
            return false;
        }

        _index++;
        _fields.Split(line);
        Row.Clear(_index);
        CheckLength();
        _parser.Parse(_fields, Row);
        return true;
    }

    /// <summary>Names of steps come thousands of times; one string serves them all.</summary>
    private string? TypeOf(ReadOnlySpan<byte> name)
    {
        if (!name.SequenceEqual(_typeBytes))
        {
            (_typeBytes, _type) = (name.ToArray(), Encoding.UTF8.GetString(name));
        }

        return name.IsEmpty ? null : _type;
    }

    private void CheckLength()
    {
        int filled = _fields.Count;
        while (filled > layout.HeaderFields && _fields[filled - 1].IsEmpty)
        {
            filled--; // commas behind the last field
        }

        if (filled != layout.HeaderFields)
        {
            log.Warning(ForeignCodes.RaggedRow, Row.Index, null, string.Create(
                CultureInfo.InvariantCulture, $"row {Row.Index} has {_fields.Count} fields, the header {layout.HeaderFields}; what is not there is missing"));
        }
    }
}
