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
        bool owed = await clearing.BeginAsync(cancellationToken);
        await connection.Stream.WriteAsync(RtuFrame.Encode(unit, request.Span), cancellationToken);
        while (true)
        {
            byte[] frame = _buffer[..await ReceiveAsync(cancellationToken)];
            string? problem = ModbusCrc.Fits(frame) ? Problem(unit, request.Span, frame) : "wrong checksum";
            if (problem is null)
            {
                clearing.NoteReply();
                return frame[1..^ModbusCrc.Length];
            }

            if (!owed)
            {
                throw Garbled(problem);
            }

            (owed, _filled) = (false, 0); // the reply of the request before, later than any window: this one's is still to come
        }
    }

    private static string? Problem(byte unit, ReadOnlySpan<byte> request, ReadOnlySpan<byte> frame) =>
        frame[0] != unit ? $"reply of unit {frame[0]}, asked was {unit}" : ModbusReplies.Problem(request, frame[1..^ModbusCrc.Length]);

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
