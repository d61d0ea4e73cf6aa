using NModbus.IO;

namespace CellLab.Transport.Modbus.Named;

/// <summary>Gives NModbus one of our connections. It reads and writes blocking, so only its own thread may call this.</summary>
/// <param name="tcp">Looks at the heads of TCP frames, which NModbus takes for granted.</param>
internal sealed class NModbusWire(IConnection connection, bool tcp) : IStreamResource
{
    private readonly byte[] _head = new byte[TcpFrame.HeadLength];
    private readonly List<byte> _seen = [];
    private int _headFilled;
    private int _left;

    /// <summary>Ends the call in hand.</summary>
    public CancellationToken Limit { get; set; }

    /// <summary>What has come since the last <see cref="Forget"/>.</summary>
    public ReadOnlySpan<byte> Seen => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_seen);

    /// <summary>A TCP frame has begun and not ended.</summary>
    public bool InsideFrame => _headFilled > 0 || _left > 0;

    /// <summary>The other side has closed.</summary>
    public bool Ended { get; private set; }

    public int InfiniteTimeout => Timeout.Infinite;

    public int ReadTimeout { get; set; } = Timeout.Infinite;

    public int WriteTimeout { get; set; } = Timeout.Infinite;

    public void Forget() => _seen.Clear();

    /// <summary>Nothing to do: <see cref="RtuClearing"/> has waited for late bytes, which may still be on their way when a buffer is empty.</summary>
    public void DiscardInBuffer()
    {
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        int found = connection.Stream.ReadAsync(buffer.AsMemory(offset, count), Limit).AsTask().GetAwaiter().GetResult();
        if (found == 0)
        {
            Ended = true;
            throw new TransportException(TransportFault.Lost, connection.Address, "the other side closed the connection");
        }

        _seen.AddRange(buffer.AsSpan(offset, found));
        if (tcp)
        {
            Follow(buffer.AsSpan(offset, found));
        }

        return found;
    }

    public void Write(byte[] buffer, int offset, int count) =>
        connection.Stream.WriteAsync(buffer.AsMemory(offset, count), Limit).AsTask().GetAwaiter().GetResult();

    /// <summary>The connection is not ours.</summary>
    public void Dispose()
    {
    }

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (_left > 0)
            {
                _left--;
                continue;
            }

            _head[_headFilled++] = value;
            if (_headFilled == _head.Length)
            {
                _headFilled = 0;
                _left = TcpFrame.RestLength(_head) ?? throw new TransportException(
                    TransportFault.Lost, connection.Address, $"what came is not Modbus TCP: {Convert.ToHexString(Seen)}; RTU frames over TCP need the framing rtu");
            }
        }
    }
}
