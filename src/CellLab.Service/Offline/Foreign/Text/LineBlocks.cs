namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Cuts a stream of UTF-8 into blocks of whole lines. A carriage return and the line feed behind it stay in one block.</summary>
/// <param name="blockBytes">Usual size of a block; one with a longer line grows.</param>
/// <param name="skipped">Lines at the beginning that are passed over.</param>
internal sealed class LineBlocks(Stream stream, int blockBytes, int skipped = 0) : IDisposable
{
    /// <summary>Of a longer line nothing beyond this is kept: <see cref="LineReader.LongestLine"/> characters have at most three bytes each.</summary>
    public const int LongestLineBytes = 4 * LineReader.LongestLine;

    private const byte Feed = (byte)'\n';
    private const byte Return = (byte)'\r';
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private byte[] _tail = [];
    private int _skipped = skipped;
    private bool _begun, _ended;

    /// <param name="buffer">Taken over and given back, perhaps larger. Behind the last line stands a line feed.</param>
    /// <param name="start">Of the first line.</param>
    /// <param name="end">Of the last line.</param>
    /// <returns>False when no line is left.</returns>
    public bool Read(ref byte[] buffer, out int start, out int end)
    {
        do
        {
            int filled = Begin(ref buffer);
            end = Lines(ref buffer, ref filled);
            start = _begun || !buffer.AsSpan(0, end).StartsWith(Mark) ? 0 : Mark.Length;
            _tail = _tail.Length > 0 ? _tail : buffer.AsSpan(end, filled - end).ToArray();
            _begun = true;
            buffer[end] = Feed;
            start = Skip(buffer, start, end);
        }
        while (start == end && !(_ended && _tail.Length == 0));
        return start < end;
    }

    public void Dispose() => stream.Dispose();

    /// <summary>What was left of the last block comes first.</summary>
    private int Begin(ref byte[] buffer)
    {
        if (buffer.Length < Math.Max(blockBytes, 2 * _tail.Length) + 1)
        {
            buffer = new byte[Math.Max(blockBytes, 2 * _tail.Length) + 1];
        }

        _tail.CopyTo(buffer, 0);
        int filled = _tail.Length;
        _tail = [];
        return filled;
    }

    /// <returns>The end of the last whole line.</returns>
    private int Lines(ref byte[] buffer, ref int filled)
    {
        while (true)
        {
            filled = Fill(buffer, filled);
            int end = _ended ? filled : EndOfLastLine(buffer.AsSpan(0, filled));
            if (end > 0 || _ended)
            {
                return end;
            }

            if (filled >= LongestLineBytes)
            {
                SkipLine();
                return filled;
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    private int Fill(byte[] buffer, int filled)
    {
        int room = buffer.Length - 1 - filled;
        int read = _ended ? 0 : stream.ReadAtLeast(buffer.AsSpan(filled, room), room, throwOnEndOfStream: false);
        _ended |= read < room;
        return filled + read;
    }

    private int Skip(ReadOnlySpan<byte> text, int start, int end)
    {
        for (; _skipped > 0 && start < end; _skipped--)
        {
            start += text[start..].IndexOfAny(Feed, Return);
            start = Math.Min(end, start + (text[start] == Return && text[start + 1] == Feed ? 2 : 1));
        }

        return start;
    }

    /// <summary>A carriage return at the very end may have its line feed in the next block.</summary>
    private static int EndOfLastLine(ReadOnlySpan<byte> text)
    {
        int feed = text.LastIndexOf(Feed);
        return feed >= 0 ? feed + 1 : text[..^1].LastIndexOf(Return) + 1;
    }

    /// <summary>The rest of a line without end is passed over.</summary>
    private void SkipLine()
    {
        byte[] rest = new byte[blockBytes];
        while (!_ended)
        {
            int read = stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            _ended = read < rest.Length;
            int end = rest.AsSpan(0, read).IndexOfAny(Feed, Return);
            if (end >= 0)
            {
                bool both = rest[end] == Return && end + 1 < read && rest[end + 1] == Feed;
                _tail = rest[(end + (both ? 2 : 1))..read];
                return;
            }
        }
    }
}
