namespace CellLab.Transport.Modbus;

/// <summary>RTU frames.</summary>
internal sealed class RtuFramer(IConnection connection, RtuClearing clearing) : IModbusFramer
{
    private readonly byte[] _buffer = new byte[RtuFrame.Longest];
    private int _filled;

    public ReadOnlySpan<byte> LastSeen => _buffer.AsSpan(0, _filled);

    public bool IsOutOfStep => false;

    public TimeSpan TimeToClear => clearing.TimeToClear;

    public async Task<byte[]> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        _filled = 0;
        await clearing.BeginAsync(cancellationToken);
        await connection.Stream.WriteAsync(RtuFrame.Encode(unit, request.Span), cancellationToken);
        int length = await ReceiveAsync(cancellationToken);
        byte[] frame = _buffer[..length];
        if (!ModbusCrc.Fits(frame))
        {
            throw Garbled("wrong checksum");
        }

        string? problem = frame[0] != unit ? $"reply of unit {frame[0]}, asked was {unit}" : ModbusReplies.Problem(request.Span, frame.AsSpan(1, length - 3));
        if (problem is not null)
        {
            throw Garbled(problem);
        }

        clearing.NoteReply();
        return frame[1..^ModbusCrc.Length];
    }

    private async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int? length = RtuFrame.ReplyLength(LastSeen);
            if (length is < 0 or > RtuFrame.Longest)
            {
                throw Garbled("no reply to any function asked");
            }

            if (length <= _filled)
            {
                return length.Value;
            }

            await ReadAsync((length ?? 3) - _filled, cancellationToken);
        }
    }

    private async Task ReadAsync(int most, CancellationToken cancellationToken)
    {
        int count = await connection.Stream.ReadAsync(_buffer.AsMemory(_filled, most), cancellationToken);
        _filled += count > 0 ? count : throw new TransportException(TransportFault.Lost, connection.Address, "the other side closed the line");
        clearing.NoteBytes();
    }

    private TransportException Garbled(string problem)
    {
        clearing.NoteDamage();
        return new TransportException(TransportFault.Garbled, connection.Address, $"{problem}: {Convert.ToHexString(LastSeen)}");
    }
}
