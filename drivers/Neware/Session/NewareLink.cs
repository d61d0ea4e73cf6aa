using CellLab.Drivers.Neware.Wire;
using CellLab.Transport;

namespace CellLab.Drivers.Neware.Session;

/// <summary>One open connection and the bytes received on it that no reply has used yet. Not safe for two callers at once.</summary>
internal sealed class NewareLink(IConnection connection) : IAsyncDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private const int ShownBytes = 400;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _filled;

    public delegate T FrameReader<out T>(ReadOnlySpan<byte> frame);

    /// <summary>What was received last and not understood, for the log.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(0, Math.Min(_filled, ShownBytes));

    /// <exception cref="NewareFormatException">Something other than a terminator is left from the reply before: the two sides are out of step.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (NewareCodec.SkipTerminator(_buffer.AsSpan(0, _filled)) < _filled)
        {
            throw new NewareFormatException("bytes came that no request had asked for");
        }

        await connection.Stream.WriteAsync(request, cancellationToken);
    }

    /// <summary>Waits for one whole document and gives it to <paramref name="read"/>.</summary>
    /// <param name="received">Called when its last byte has come, before it is read.</param>
    public async Task<T> ReceiveAsync<T>(FrameReader<T> read, Action received, CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            if (TryTake(read, received, ref searched, out T? result))
            {
                return result!;
            }

            if (_filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            int count = await connection.Stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (count == 0)
            {
                throw new TransportException(TransportFault.Lost, connection.Address, "the BTS client closed the connection");
            }

            _filled += count;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private bool TryTake<T>(FrameReader<T> read, Action received, ref int searched, out T? result)
    {
        result = default;
        if (!NewareCodec.TryReadFrame(_buffer.AsSpan(0, _filled), ref searched, out ReadOnlySpan<byte> frame, out int used))
        {
            return false;
        }

        received();
        result = read(frame);
        _filled -= used;
        Buffer.BlockCopy(_buffer, used, _buffer, 0, _filled);
        return true;
    }
}
