namespace CellLab.HardwareSim.Neware.Wire;

/// <summary>Cuts a byte stream into request documents. Whatever stands before a document's first <c>&lt;</c> (terminators <c>#</c>, line
/// breaks, blanks) is dropped; the document ends with <c>&lt;/bts&gt;</c>, a broken one at a line <c>#</c>.</summary>
internal sealed class BtsFrameReader(Stream stream)
{
    private const int MostBytes = 16 << 20;
    private static ReadOnlySpan<byte> EndOfDocument => "</bts>"u8;
    private static ReadOnlySpan<byte> Terminator => "\n#\r\n"u8;
    private byte[] _buffer = new byte[16384];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>The next document, valid until the next call; null at the end of the stream or when a document grows beyond 16 MB.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            SkipToDocument();
            if (TryCut(out ReadOnlyMemory<byte> frame))
            {
                return frame;
            }

            if (!MakeRoom())
            {
                return null;
            }

            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    private void SkipToDocument()
    {
        int offset = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'<');
        int skipped = offset < 0 ? _end - _start : offset;
        _start += skipped;
        _searched = Math.Max(_searched, _start);
    }

    private bool TryCut(out ReadOnlyMemory<byte> frame)
    {
        int from = Math.Max(_start, _searched - EndOfDocument.Length);
        int length = LengthOfFirst(_buffer.AsSpan(from, _end - from));
        _searched = _end;
        frame = default;
        if (length < 0)
        {
            return false;
        }

        int end = from + length;
        frame = _buffer.AsMemory(_start, end - _start);
        _start = end;
        _searched = end;
        return true;
    }

    /// <summary>Up to and including whichever end comes first; -1 without one.</summary>
    private static int LengthOfFirst(ReadOnlySpan<byte> bytes)
    {
        int document = bytes.IndexOf(EndOfDocument);
        int broken = (document < 0 ? bytes : bytes[..document]).IndexOf(Terminator);
        return broken >= 0 ? broken + Terminator.Length : document >= 0 ? document + EndOfDocument.Length : -1;
    }

    private bool MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_searched, _end, _start) = (_searched - _start, _end - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return _buffer.Length <= MostBytes;
    }
}
