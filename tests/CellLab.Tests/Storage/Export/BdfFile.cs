using System.Globalization;
using System.Text;

namespace CellLab.Tests.Storage.Export;

/// <summary>A table of comma-separated values read back by rules of its own, strict about bytes.</summary>
internal sealed class BdfFile
{
    private readonly Dictionary<string, int> _columns;
    private readonly string[][] _rows;

    private BdfFile(string[] header, string[][] rows)
    {
        Header = header;
        _columns = header.Select((label, index) => (label, index)).ToDictionary(item => item.label, item => item.index);
        _rows = rows;
    }

    public IReadOnlyList<string> Header { get; }

    public int Rows => _rows.Length;

    public static BdfFile Parse(byte[] bytes)
    {
        Assert.NotEqual(0xef, bytes[0]); // no byte order mark
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        string[][] lines = [.. text[..^1].Split('\n').Select(Split)];
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        return new BdfFile(lines[0], lines[1..]);
    }

    public bool Has(string label) => _columns.ContainsKey(label);

    public string Cell(int row, string label) => _rows[row][_columns[label]];

    public string[] Texts(string label) => [.. Enumerable.Range(0, Rows).Select(row => Cell(row, label))];

    public double[] Numbers(string label) => [.. Texts(label).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

    private static string[] Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int index = 0; index < line.Length; index++)
        {
            char c = line[index];
            if (c == '"' && quoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                cell.Append('"');
                index++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        return [.. cells, cell.ToString()];
    }
}
