namespace CellLab.Transport.Modbus.Slave;

/// <summary>Cuts requests out of a serial line: by the length that the function tells, and by silence where it tells none or what came is
/// damaged.</summary>
internal sealed class RtuRequestReader(IConnection connection, TimeProvider wall)
{
    /// <summary>Longer than the 3.5 characters of the specification: adapters and busy machines pass a frame on in pieces.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(50);

    private readonly byte[] _buffer = new byte[2 * RtuFrame.Longest];
    private int _filled;

    /// <summary>The next whole and undamaged frame, of any unit; null when the line has ended.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out byte[] frame))
            {
                return frame;
            }

            switch (await FillAsync(cancellationToken))
            {
                case null:
                    return null;
                case false when TakeAll(out frame):
                    return frame;
            }
        }
    }

    private bool TryTake(out byte[] frame)
    {
        int? length = RtuFrame.RequestLength(_buffer.AsSpan(0, _filled));
        bool whole = length >= 0 && length <= _filled && ModbusCrc.Fits(_buffer.AsSpan(0, length.Value));
        frame = whole ? _buffer[..length!.Value] : [];
        if (whole)
        {
            _filled -= frame.Length;
            Buffer.BlockCopy(_buffer, frame.Length, _buffer, 0, _filled);
        }

        return whole;
    }

    /// <summary>After a silence: everything is one frame, or nothing.</summary>
    private bool TakeAll(out byte[] frame)
    {
        bool whole = _filled is >= 4 and <= RtuFrame.Longest && ModbusCrc.Fits(_buffer.AsSpan(0, _filled));
        frame = whole ? _buffer[.._filled] : [];
        _filled = 0;
        return whole;
    }

    /// <summary>True: something came; false: the line was silent; null: it has ended.</summary>
    private async Task<bool?> FillAsync(CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length)
        {
            _filled = 0; // chatter without a pause
        }

        try
        {
            using CancellationTokenSource limit = _filled == 0 ? new CancellationTokenSource() : new CancellationTokenSource(s_silence, wall);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            int count = await connection.Stream.ReadAsync(_buffer.AsMemory(_filled), either.Token);
            _filled += count;
            return count > 0 ? true : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
