namespace CellLab.Transport.Modbus;

/// <summary>RTU frames. A reply that was not waited for, or was damaged, leaves the line in doubt: before the next request what may still
/// come is waited for and thrown away.</summary>
internal sealed class RtuFramer(IConnection connection, TimeSpan silence, TimeSpan lateReplyWindow, TimeProvider wall) : IModbusFramer
{
    /// <summary>Ends the waiting for late bytes: adapters pass bytes on in lumps of up to 16 ms.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(50);

    private readonly byte[] _buffer = new byte[RtuFrame.Longest];
    private int _filled;
    private long? _inDoubtSince;
    private bool _lateReplyCame;
    private long? _lastByte;

    public ReadOnlySpan<byte> LastSeen => _buffer.AsSpan(0, _filled);

    public bool IsOutOfStep => false;

    public TimeSpan TimeToClear => silence + (_inDoubtSince is null ? TimeSpan.Zero : lateReplyWindow);

    public async Task<byte[]> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        await KeepSilenceAsync(cancellationToken);
        _filled = 0;
        _lateReplyCame = false;
        _inDoubtSince = wall.GetTimestamp();
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

        _inDoubtSince = null;
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
        _lastByte = wall.GetTimestamp();
    }

    /// <summary>Throws away what comes: to the end of the window where the reply is still out, else until the line is quiet.</summary>
    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        while (_inDoubtSince is long since)
        {
            TimeSpan left = lateReplyWindow - wall.GetElapsedTime(since);
            using var limit = new CancellationTokenSource(_lateReplyCame || left < s_quiet ? s_quiet : left, wall);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                _filled = 0;
                await ReadAsync(_buffer.Length, either.Token);
                _lateReplyCame = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                _inDoubtSince = null;
            }
        }
    }

    private async Task KeepSilenceAsync(CancellationToken cancellationToken)
    {
        if (_lastByte is long last && silence - wall.GetElapsedTime(last) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, wall, cancellationToken);
        }
    }

    private TransportException Garbled(string problem)
    {
        _lateReplyCame = true; // something has come: only the rest of it is still to be thrown away
        return new TransportException(TransportFault.Garbled, connection.Address, $"{problem}: {Convert.ToHexString(LastSeen)}");
    }
}
