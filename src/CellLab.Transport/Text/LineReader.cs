namespace CellLab.Transport.Text;

/// <summary>Cuts a byte stream into lines. One reader at a time. A cancelled read loses nothing: the next one goes on where it stood.</summary>
/// <param name="terminator">What ends a line, such as LF, CR or LF CR; not part of the line.</param>
/// <param name="longest">Bytes in a line, without its terminator.</param>
public sealed class LineReader(IConnection connection, ReadOnlyMemory<byte> terminator, int longest = 4096)
{
    private byte[] _buffer = new byte[256];
    private int _filled;
    private int _taken;

    /// <summary>Bytes that have come and are not yet taken as a line.</summary>
    public ReadOnlyMemory<byte> Pending => _buffer.AsMemory(_taken, _filled - _taken);

    /// <summary>The next line; null when the other side has closed, also in the middle of a line. Valid until the next call.</summary>
    /// <exception cref="TransportException">Lost; Garbled: no terminator within the longest line.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out ReadOnlyMemory<byte> line))
            {
                return line;
            }

            MakeRoom();
            int count = await connection.Stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (count == 0)
            {
                return null;
            }

            _filled += count;
        }
    }

    /// <summary>Up to <paramref name="count"/> bytes that are no line (binary answers in between); waits until all are there.</summary>
    /// <exception cref="TransportException">Lost: the stream ended before.</exception>
    public async ValueTask<byte[]> ReadBytesAsync(int count, CancellationToken cancellationToken)
    {
        while (_filled - _taken < count)
        {
            MakeRoom(count);
            int read = await connection.Stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            _filled += read > 0 ? read : throw new TransportException(
                TransportFault.Lost, connection.Address, $"the other side closed after {_filled - _taken} of {count} bytes");
        }

        byte[] bytes = _buffer.AsSpan(_taken, count).ToArray();
        _taken += count;
        return bytes;
    }

    /// <summary>Forgets what has come and was not taken.</summary>
    public void Clear() => _taken = _filled = 0;

    private bool TryTake(out ReadOnlyMemory<byte> line)
    {
        int length = _buffer.AsSpan(_taken, _filled - _taken).IndexOf(terminator.Span);
        line = _buffer.AsMemory(_taken, Math.Max(0, length));
        if (length > longest || (length < 0 && _filled - _taken > longest + terminator.Length))
        {
            throw new TransportException(TransportFault.Garbled, connection.Address, $"no end of line within {longest} bytes");
        }

        _taken += length < 0 ? 0 : length + terminator.Length;
        return length >= 0;
    }

    private void MakeRoom(int wanted = 0)
    {
        if (_taken > 0)
        {
            Buffer.BlockCopy(_buffer, _taken, _buffer, 0, _filled - _taken);
            _filled -= _taken;
            _taken = 0;
        }

        if (_filled == _buffer.Length || wanted > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(wanted, _buffer.Length * 2));
        }
    }
}
