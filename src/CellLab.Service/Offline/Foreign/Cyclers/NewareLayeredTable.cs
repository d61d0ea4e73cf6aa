using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>NEWARE's layered export: three header rows; then a cycle row has its first field filled, a step row begins with one empty field, a
/// record row with two. The first cycle row may carry its first step's fields.</summary>
internal sealed class NewareLayeredTable : ForeignTable
{
    private readonly TextSource _source;
    private readonly char _delimiter;
    private readonly ColumnMap _records;
    private readonly int _stepNumberField;
    private readonly int _stepTypeField;

    private NewareLayeredTable(TextSource source, char delimiter, ColumnMap records, string[] stepHeader)
    {
        _source = source;
        _delimiter = delimiter;
        _records = records;
        _stepNumberField = 1;
        _stepTypeField = Math.Max(2, ColumnMap.Resolve(stepHeader, [], NewareColumns.StepTypeKeys).StepTypeField);
        Columns = records.Quantities.Append(Quantity.Cycle).Append(Quantity.StepId).ToHashSet();
    }

    public override string Format => "neware-layered-csv";

    public override IReadOnlySet<Quantity> Columns { get; }

    /// <summary>Null when the file begins otherwise.</summary>
    public static NewareLayeredTable? TryOpen(TextSource source)
    {
        if (source.Head.Count < 3 || DelimiterOf(source.Head[2]) is not { } delimiter)
        {
            return null;
        }

        var fields = new FieldSplitter(delimiter);
        fields.Split(source.Head[1]);
        string[] stepHeader = fields.ToArray();
        fields.Split(source.Head[2]);
        string[] recordHeader = fields.ToArray();
        bool layered = stepHeader.Length > 2 && stepHeader[0].Length == 0 && stepHeader[1].Length > 0
            && recordHeader.Length > 3 && recordHeader[0].Length == 0 && recordHeader[1].Length == 0 && recordHeader[2].Length > 0;
        if (!layered)
        {
            return null;
        }

        ColumnMap map = ColumnMap.Resolve(recordHeader, NewareColumns.Rules, NewareColumns.StepTypeKeys);
        return map.Quantities.Contains(Quantity.Volts) ? new NewareLayeredTable(source, delimiter, map, stepHeader) : null;
    }

    public override string NameOf(Quantity quantity) =>
        _records.Columns.FirstOrDefault(column => column.Quantity == quantity) is { Header: { } header } ? header : base.NameOf(quantity);

    public override IEnumerable<ForeignRow> Rows(FindingLog log)
    {
        _records.Report(log);
        var fields = new FieldSplitter(_delimiter);
        var parser = new RowParser(_records, decimalComma: false, log);
        var row = new ForeignRow();
        var place = new Place();
        long index = -1;
        int line = 3;
        foreach (string text in _source.Lines().Skip(3))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            fields.Split(text);
            if (!fields[0].IsEmpty || !fields[1].IsEmpty)
            {
                Enter(fields, place, line, log);
                continue;
            }

            row.Clear(++index);
            parser.Parse(fields, row);
            place.GiveTo(row);
            yield return row;
        }
    }

    private void Enter(FieldSplitter fields, Place place, int line, FindingLog log)
    {
        bool cycle = !fields[0].IsEmpty;
        if (cycle)
        {
            place.Cycle = Number(fields[0], "cycle", line, log) ?? place.Cycle;
        }

        bool named = fields.Count > _stepTypeField && !fields[_stepTypeField].IsEmpty && !FieldValue.TryNumber(fields[_stepTypeField], false, out _);
        if (!cycle || named)
        {
            place.Step = Number(fields[_stepNumberField], "step", line, log) ?? place.Step;
            place.StepType = fields[_stepTypeField].ToString();
            place.Begins = true;
        }
    }

    private static double? Number(ReadOnlySpan<char> text, string what, int line, FindingLog log)
    {
        if (FieldValue.TryNumber(text, decimalComma: false, out double value))
        {
            return value;
        }

        log.Error(ForeignCodes.NotANumber, null, what, string.Create(
            CultureInfo.InvariantCulture, $"line {line}: '{(text.Length > 40 ? text[..40] : text)}' is no {what} number; the one before is kept"));
        return null;
    }

    private static char? DelimiterOf(string header)
    {
        int first = header.AsSpan().IndexOfAny(",\t;");
        return first >= 0 ? header[first] : null;
    }

    /// <summary>The cycle and step that the record rows to come belong to.</summary>
    private sealed class Place
    {
        public double Cycle { get; set; } = double.NaN;

        public double Step { get; set; } = double.NaN;

        public string? StepType { get; set; }

        public bool Begins { get; set; }

        public void GiveTo(ForeignRow row)
        {
            row.Set(Quantity.Cycle, Cycle);
            row.Set(Quantity.StepId, Step);
            row.StepType = StepType ?? row.StepType;
            row.BeginsStep = Begins;
            Begins = false;
        }
    }
}
