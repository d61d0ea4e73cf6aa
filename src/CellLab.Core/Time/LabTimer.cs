namespace CellLab.Core.Time;

/// <summary>One timer on lab time: a one-shot wall timer that is set again until the lab time has come.</summary>
internal sealed class LabTimer : ITimer
{
    /// <summary>How often a timer looks whether a held clock runs again.</summary>
    public static readonly TimeSpan HoldRecheck = TimeSpan.FromMilliseconds(10);

    /// <summary>Longest single wait on the wall: system timers take less than 50 days.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly LabClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _wall;
    private DateTimeOffset? _due;
    private TimeSpan _period;
    private bool _disposed;

    public LabTimer(LabClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _wall = clock.CreateWallTimer(_ => OnWall());
        Change(dueTime, period);
    }

    /// <summary>False once the timer is disposed.</summary>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime, nameof(dueTime));
        CheckTime(period, nameof(period));
        lock (_gate)
        {
            if (_disposed)
            {
                return false;
            }

            _period = period;
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
            TimeSpan wait = _due is null ? Timeout.InfiniteTimeSpan : dueTime == TimeSpan.Zero ? TimeSpan.Zero : _clock.ToWall(dueTime);
            return _wall.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _due = null;
        }

        _wall.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return _wall.DisposeAsync();
    }

    private void OnWall()
    {
        lock (_gate)
        {
            if (_disposed || _due is not DateTimeOffset due)
            {
                return;
            }

            DateTimeOffset now = _clock.GetUtcNow();
            if (now < due)
            {
                _wall.Change(_clock.ToWall(due - now), Timeout.InfiniteTimeSpan);
                return;
            }

            SetNext_NeedsGate(due, now);
        }

        _callback(_state);
    }

    /// <summary>The next tick keeps the rhythm of the first; those that are over already have fallen together into this one.</summary>
    private void SetNext_NeedsGate(DateTimeOffset due, DateTimeOffset now)
    {
        if (_period <= TimeSpan.Zero)
        {
            _due = null;
            return;
        }

        long missed = (now - due).Ticks / _period.Ticks;
        _due = due + TimeSpan.FromTicks((missed + 1) * _period.Ticks);
        _wall.Change(_clock.ToWall(_due.Value - now), Timeout.InfiniteTimeSpan);
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, time, "a timer's time is zero or more, or infinite");
        }
    }
}
