using System.Text;

namespace CellLab.Core.Documents;

/// <summary>Turns places in UTF-8 bytes into lines and columns.</summary>
internal sealed class LineMap
{
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];

    public LineMap(byte[] bytes)
    {
        _bytes = bytes;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public SourcePosition At(long offset)
    {
        int place = (int)Math.Min(offset, _bytes.Length);
        int index = _lineStarts.BinarySearch(place);
        int line = index >= 0 ? index : ~index - 1;
        return new SourcePosition(line + 1, CharactersBetween(_lineStarts[line], place) + 1);
    }

    /// <summary>Place <paramref name="byteInLine"/> bytes into the line (both from 0).</summary>
    public SourcePosition At(long line, long byteInLine) => At(_lineStarts[(int)Math.Min(line, _lineStarts.Count - 1)] + byteInLine);

    private int CharactersBetween(int start, int end) => Encoding.UTF8.GetCharCount(_bytes, start, end - start);
}
