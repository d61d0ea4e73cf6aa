using System.Globalization;
using CellLab.Service.Offline.Preview.Drawing;

namespace CellLab.Cli.Text;

/// <summary>A small diagram of characters: half blocks where the terminal has them, else ASCII.</summary>
internal sealed class Sketch(PlotAxis across, PlotAxis up, bool blocks, int rows)
{
    private const int Columns = 72;
    private const int LabelWidth = 8;

    /// <summary>Two halves a row.</summary>
    private readonly bool[,] _dots = new bool[Columns, rows * 2];

    /// <summary>Marks everything between two heights at one place.</summary>
    public void Mark(double x, double low, double high)
    {
        int column = Place(x, across, Columns);
        for (int half = Place(low, up, rows * 2); half <= Place(high, up, rows * 2); half++)
        {
            _dots[column, half] = true;
        }
    }

    public void Write(TextWriter output, string title)
    {
        output.WriteLine(title);
        for (int row = rows - 1; row >= 0; row--)
        {
            output.WriteLine($"{Label(row),LabelWidth} {(blocks ? '│' : '|')}{Line(row)}".TrimEnd());
        }

        output.WriteLine($"{"",LabelWidth} {(blocks ? '└' : '+')}{new string(blocks ? '─' : '-', Columns)}");
        string first = Number(across.Low);
        string last = $"{Number(across.High)}  {across.Title}";
        output.WriteLine($"{"",LabelWidth}  {first}{last.PadLeft(Columns - first.Length + across.Title.Length)}");
    }

    private string Label(int row) => row == rows - 1 ? Number(up.High) : row == 0 ? Number(up.Low) : "";

    private string Line(int row) => string.Concat(Enumerable.Range(0, Columns).Select(column => Symbol(_dots[column, 2 * row], _dots[column, 2 * row + 1])));

    private char Symbol(bool lower, bool upper) => (lower, upper) switch
    {
        (false, false) => ' ',
        _ when !blocks => lower && upper ? '#' : lower ? '.' : '\'',
        (true, true) => '█',
        (true, false) => '▄',
        _ => '▀',
    };

    private static int Place(double value, PlotAxis axis, int count) =>
        (int)Math.Clamp((value - axis.Low) / (axis.High - axis.Low) * count, 0, count - 1);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
