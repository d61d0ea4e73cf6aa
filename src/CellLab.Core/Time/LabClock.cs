namespace CellLab.Core.Time;

/// <summary>Lab time as a <see cref="TimeProvider"/>. A timer never fires before its lab time, also when the bench holds its clock meanwhile;
/// its wall time is rounded up to one millisecond, and ticks that a fast clock misses fall together.</summary>
public sealed class LabClock(ILabTimeSource source, TimeProvider wall) : TimeProvider
{
    public double Speed => source.Current.Speed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => source.Current.LabAt(wall.GetUtcNow());

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <exception cref="ArgumentOutOfRangeException">A negative time other than <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LabTimer(this, callback, state, dueTime, period);

    /// <summary>A timer on wall time that is not started.</summary>
    internal ITimer CreateWallTimer(TimerCallback callback) =>
        wall.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wall time after which it is worth looking whether lab time has moved on by this much.</summary>
    internal TimeSpan ToWall(TimeSpan lab)
    {
        LabTimeSetting setting = source.Current;
        if (setting.Hold)
        {
            return LabTimer.HoldRecheck;
        }

        double milliseconds = Math.Ceiling(lab.TotalMilliseconds / setting.Speed);
        return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 1, LabTimer.LongestWait.TotalMilliseconds));
    }
}
