using System.Text;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Some lines of a table and the numbers in them. Blocks are used again and again.</summary>
internal sealed class RowBlock
{
    private RowMark[] _marks = new RowMark[64];
    private double[] _values = [];
    private byte[] _bytes = [];
    private char[] _characters = [];
    private int _columns;

    /// <summary>Lines, blank ones among them.</summary>
    public int Count { get; private set; }

    /// <summary>The lines; behind the last one stands a line feed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public ref RowMark this[int row] => ref _marks[row];

    /// <returns>The bytes of the next lines, from <paramref name="start"/> to <paramref name="end"/>; false at the end.</returns>
    public bool Fill(LineBlocks lines, int columns, out int start, out int end)
    {
        (Count, _columns) = (0, columns);
        return lines.Read(ref _bytes, out start, out end);
    }

    /// <summary>Values of one row by column; NaN stands for none.</summary>
    public Span<double> Values(int row) => _values.AsSpan(row * _columns, _columns);

    public Span<double> Add(int start, out int row)
    {
        row = Count++;
        if (row == _marks.Length)
        {
            Array.Resize(ref _marks, 2 * row);
        }

        if (_values.Length < _marks.Length * _columns)
        {
            Array.Resize(ref _values, _marks.Length * _columns);
        }

        _marks[row] = new RowMark { Start = start };
        Span<double> values = Values(row);
        values.Fill(double.NaN);
        return values;
    }

    public ReadOnlySpan<byte> StepType(int row) => Bytes.Slice(_marks[row].TypeStart, _marks[row].TypeLength);

    /// <summary>The line as text, without what ends it; good until the next call.</summary>
    public ReadOnlyMemory<char> Line(int row)
    {
        ReadOnlySpan<byte> line = Bytes[_marks[row].Start.._marks[row].End];
        int most = Encoding.UTF8.GetMaxCharCount(line.Length);
        _characters = _characters.Length < most ? new char[most] : _characters;
        int count = Encoding.UTF8.GetChars(line, _characters);
        return _characters.AsMemory(0, Math.Min(count, LineReader.LongestLine));
    }
}

/// <summary>Where a row stands in its block.</summary>
internal struct RowMark
{
    public int Start;
    public int End;
    public int TypeStart;
    public int TypeLength;

    /// <summary>Its values have been read; else it has something in it that needs a closer look.</summary>
    public bool Plain;
}
