namespace CellLab.Transport.Modbus;

/// <summary>TCP frames: a late reply is told by its transaction number and thrown away.</summary>
internal sealed class TcpFramer(IConnection connection) : IModbusFramer
{
    private readonly byte[] _buffer = new byte[TcpFrame.HeadLength + 254];
    private int _filled;
    private ushort _transaction;

    public ReadOnlySpan<byte> LastSeen => _buffer.AsSpan(0, _filled);

    /// <summary>Half a frame: where the next one begins is not known for sure.</summary>
    public bool IsOutOfStep => _filled > 0;

    public TimeSpan TimeToClear => TimeSpan.Zero;

    public async Task<byte[]> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        ushort transaction = ++_transaction;
        await connection.Stream.WriteAsync(TcpFrame.Encode(transaction, unit, request.Span), cancellationToken);
        while (true)
        {
            int length = await ReceiveAsync(cancellationToken);
            bool ours = TcpFrame.Transaction(_buffer) == transaction;
            byte[] rest = _buffer[TcpFrame.HeadLength..length];
            _filled = 0;
            if (ours)
            {
                string? problem = rest[0] != unit ? $"reply of unit {rest[0]}, asked was {unit}" : ModbusReplies.Problem(request.Span, rest.AsSpan(1));
                return problem is null ? rest[1..] : throw new TransportException(TransportFault.Garbled, connection.Address, problem);
            }
        }
    }

    /// <summary>Fills the buffer with one whole frame. What a cancelled call has read stays, so that the stream never gets out of step.</summary>
    private async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        await FillAsync(TcpFrame.HeadLength, cancellationToken);
        int rest = TcpFrame.RestLength(_buffer) ?? throw new TransportException(
            TransportFault.Lost, connection.Address, $"what came is not Modbus TCP: {Convert.ToHexString(LastSeen)}; RTU frames over TCP need the framing rtu");
        await FillAsync(TcpFrame.HeadLength + rest, cancellationToken);
        return TcpFrame.HeadLength + rest;
    }

    private async Task FillAsync(int length, CancellationToken cancellationToken)
    {
        while (_filled < length)
        {
            int count = await connection.Stream.ReadAsync(_buffer.AsMemory(_filled, length - _filled), cancellationToken);
            _filled += count > 0 ? count : throw new TransportException(TransportFault.Lost, connection.Address, "the device closed the connection");
        }
    }
}
