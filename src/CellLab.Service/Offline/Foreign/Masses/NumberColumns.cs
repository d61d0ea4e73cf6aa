using System.Globalization;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Masses;

/// <summary>A delimited table of numbers in memory, column by column; what is missing is NaN.</summary>
internal sealed class NumberColumns
{
    private readonly List<double>[] _columns;

    private NumberColumns(IReadOnlyList<string> headers)
    {
        Headers = headers;
        _columns = [.. headers.Select(_ => new List<double>())];
    }

    public IReadOnlyList<string> Headers { get; }

    public int Rows => _columns.Length == 0 ? 0 : _columns[0].Count;

    public IReadOnlyList<double> this[int column] => _columns[column];

    /// <param name="wanted">Columns that must hold numbers; of others what is none stays missing without a finding.</param>
    public static NumberColumns Read(TextSource source, int headerLine, char delimiter, bool decimalComma, Func<string, bool> wanted, FindingLog log)
    {
        var fields = new FieldSplitter(delimiter);
        fields.Split(source.Lines().Skip(headerLine).FirstOrDefault() ?? "");
        var table = new NumberColumns(fields.ToArray());
        bool[] needed = [.. table.Headers.Select(wanted)];
        foreach (string line in source.Lines().Skip(headerLine + 1))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                fields.Split(line);
                table.Add(fields, needed, decimalComma, log);
            }
        }

        return table;
    }

    /// <summary>Names the rows in which a column of times falls or stands still.</summary>
    public void CheckTime(int column, FindingLog log)
    {
        double last = double.NaN;
        for (int row = 0; row < Rows; row++)
        {
            double time = _columns[column][row];
            if (time <= last)
            {
                log.Warning(ForeignCodes.TimeFell, row, Headers[column], string.Create(
                    CultureInfo.InvariantCulture, $"row {row}: '{Headers[column]}' {(time < last ? "falls" : "stands still")} at {time} s; samples are put in order of time, of several at one time the last one counts"));
            }

            last = double.IsNaN(time) ? last : time;
        }
    }

    private void Add(FieldSplitter fields, bool[] needed, bool decimalComma, FindingLog log)
    {
        int row = Rows;
        for (int column = 0; column < _columns.Length; column++)
        {
            ReadOnlySpan<char> text = fields[column];
            bool read = FieldValue.TryNumber(text, decimalComma, out double value);
            _columns[column].Add(read ? value : double.NaN);
            if (!read && needed[column] && !text.IsEmpty && !text.Equals("nan", StringComparison.OrdinalIgnoreCase))
            {
                log.Error(ForeignCodes.NotANumber, row, Headers[column], string.Create(
                    CultureInfo.InvariantCulture, $"row {row}, column '{Headers[column]}': '{(text.Length > 40 ? text[..40] : text)}' is not a finite number; the value is missing"));
            }
        }
    }
}
