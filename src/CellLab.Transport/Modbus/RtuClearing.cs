namespace CellLab.Transport.Modbus;

/// <summary>Keeps late replies out of the next exchange on a serial line. A reply that was not waited for, or was damaged, leaves the line in
/// doubt: before the next request what may still come is waited for and thrown away.</summary>
internal sealed class RtuClearing(IConnection connection, TimeSpan silence, TimeSpan lateReplyWindow, TimeProvider wall)
{
    /// <summary>Ends the waiting for late bytes: adapters pass bytes on in lumps of up to 16 ms.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(50);

    private readonly byte[] _thrownAway = new byte[RtuFrame.Longest];
    private long? _inDoubtSince;
    private bool _lateReplyCame;
    private long? _lastByte;

    public TimeSpan TimeToClear => silence + (_inDoubtSince is null ? TimeSpan.Zero : lateReplyWindow);

    public static RtuClearing Of(IConnection connection, ModbusLineSettings settings, TimeProvider wall)
    {
        TimeSpan silence = ModbusLineSettings.Silence(connection.Address);
        return new RtuClearing(
            connection, silence > settings.MinimumPause ? silence : settings.MinimumPause, settings.ReplyTimeout + settings.LateReplyWindow, wall);
    }

    /// <summary>Returns when the next request may go out; it must then be written at once.</summary>
    /// <returns>Whether the reply before it is still out: nothing came in the time that was given to it.</returns>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        bool owed = _inDoubtSince is not null && !_lateReplyCame;
        await ClearAsync(cancellationToken);
        await KeepSilenceAsync(cancellationToken);
        owed &= !_lateReplyCame;
        _lateReplyCame = false;
        _inDoubtSince = wall.GetTimestamp();
        return owed;
    }

    public void NoteBytes() => _lastByte = wall.GetTimestamp();

    /// <summary>Something has come: only the rest of it is still to be thrown away.</summary>
    public void NoteDamage() => _lateReplyCame = true;

    public void NoteReply() => _inDoubtSince = null;

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
                if (await connection.Stream.ReadAsync(_thrownAway, either.Token) == 0)
                {
                    throw new TransportException(TransportFault.Lost, connection.Address, "the other side closed the line");
                }

                NoteBytes();
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
}
