using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>How a delimited text file is laid out.</summary>
/// <param name="HeaderLine">Lines before the header, from 0.</param>
/// <param name="HeaderFields">Fields of the header up to its last name.</param>
/// <param name="SkippedLines">Lines between header and data (units, rulers).</param>
internal sealed record DelimitedLayout(string Format, int HeaderLine, int SkippedLines, char Delimiter, bool DecimalComma, ColumnMap Map, CounterScope Scope, int HeaderFields)
{
    /// <summary>Data lines begin with this; the first that does not ends the table. Null where it goes to the end of the file.</summary>
    public string? LinePrefix { get; init; }

    /// <summary>Headers that should name a unit and do not.</summary>
    public IReadOnlyList<string> WithoutUnit { get; init; } = [];
}

/// <summary>A text file with one header row and one data row a line.</summary>
internal sealed class DelimitedTable(TextSource source, DelimitedLayout layout) : ForeignTable
{
    public DelimitedLayout Layout => layout;

    /// <summary>The header row as it stands.</summary>
    public IReadOnlyList<string> Headers { get; } = HeadersOf(source, layout);

    public override string Format => layout.Format;

    public override CounterScope Scope => layout.Scope;

    public override IReadOnlySet<Quantity> Columns => layout.Map.Quantities;

    public override string NameOf(Quantity quantity) =>
        layout.Map.Columns.FirstOrDefault(column => column.Quantity == quantity) is { Header: { } header } ? header : base.NameOf(quantity);

    public override IEnumerable<ForeignRow> Rows(FindingLog log)
    {
        layout.Map.Report(log);
        foreach (string header in layout.WithoutUnit)
        {
            log.Warning(ForeignCodes.NoUnit, null, header, $"column '{header}' names no unit; it is taken for V, A, Ah or Wh");
        }

        var reader = new RowReader(layout, log);
        using var blocks = new RowBlocks(source.ReadBlocks(layout.HeaderLine + 1 + layout.SkippedLines), new RowScanner(layout));
        foreach (RowBlock block in blocks.All())
        {
            for (int row = 0; row < block.Count && !reader.Ended; row++)
            {
                if (reader.TryRead(block, row))
                {
                    yield return reader.Row;
                }
            }

            if (reader.Ended)
            {
                yield break;
            }
        }
    }

    /// <summary>What stands in the column of a quantity, as it is written, with its row.</summary>
    public IEnumerable<(long Row, string Text)> Texts(Quantity quantity)
    {
        int field = layout.Map.Columns.Where(column => column.Quantity == quantity).Select(column => (int?)column.Field).FirstOrDefault() ?? -1;
        var fields = new FieldSplitter(layout.Delimiter);
        long row = -1;
        foreach (string line in source.Lines().Skip(layout.HeaderLine + 1 + layout.SkippedLines).Where(line => field >= 0 && !string.IsNullOrWhiteSpace(line)))
        {
            fields.Split(line);
            yield return (++row, fields[field].ToString());
        }
    }

    private static string[] HeadersOf(TextSource source, DelimitedLayout layout)
    {
        var fields = new FieldSplitter(layout.Delimiter);
        if (layout.HeaderLine >= 0 && layout.HeaderLine < source.Head.Count)
        {
            fields.Split(source.Head[layout.HeaderLine]);
        }

        return fields.ToArray();
    }
}
