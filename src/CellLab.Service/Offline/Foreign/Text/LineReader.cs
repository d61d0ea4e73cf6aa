namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Lines of a text as <see cref="TextReader.ReadLine"/> cuts them, without a string for each: millions of them cost a file's analysis more than its arithmetic.</summary>
internal sealed class LineReader(TextReader reader) : IDisposable
{
    /// <summary>What a longer line has beyond this is left out.</summary>
    public const int LongestLine = 1 << 20;

    private const int BlockCharacters = 1 << 16;

    private char[] _buffer = new char[BlockCharacters];
    private int _start, _end;
    private bool _afterReturn;

    /// <summary>Good until the next line is read.</summary>
    public ReadOnlyMemory<char> Current { get; private set; }

    public bool MoveNext()
    {
        int searched = 0;
        while (true)
        {
            SkipFeed();
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOfAny('\r', '\n');
            if (found >= 0)
            {
                Take(searched + found);
                _afterReturn = _buffer[_start] == '\r';
                _start++;
                return true;
            }

            searched = _end - _start;
            if (!Fill(ref searched))
            {
                Take(searched);
                return searched > 0;
            }
        }
    }

    public void Skip(int lines)
    {
        while (lines > 0 && MoveNext())
        {
            lines--;
        }
    }

    public void Dispose() => reader.Dispose();

    private void Take(int length)
    {
        Current = _buffer.AsMemory(_start, Math.Min(length, LongestLine));
        _start += length;
    }

    /// <summary>A line feed behind a carriage return ends the same line; it may stand in the next block.</summary>
    private void SkipFeed()
    {
        if (_afterReturn && _start < _end)
        {
            _start += _buffer[_start] == '\n' ? 1 : 0;
            _afterReturn = false;
        }
    }

    /// <param name="searched">Characters of the present line, which stay.</param>
    private bool Fill(ref int searched)
    {
        searched = Math.Min(searched, LongestLine + 1);
        Array.Copy(_buffer, _start, _buffer, 0, searched);
        (_start, _end) = (0, searched);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = reader.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
