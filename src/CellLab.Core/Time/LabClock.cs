namespace CellLab.Core.Time;

/// <summary>Lab time as a <see cref="TimeProvider"/>. Timers are wall timers whose times are divided by the speed, rounded up to one
/// wall millisecond; missed ticks of a fast clock fall together.</summary>
public sealed class LabClock(ILabTimeSource source, TimeProvider wall) : TimeProvider
{
    public double Speed => source.Current.Speed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => source.Current.LabAt(wall.GetUtcNow());

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LabTimer(wall.CreateTimer(callback, state, ToWall(dueTime), ToWall(period)), this);

    private TimeSpan ToWall(TimeSpan lab)
    {
        if (lab <= TimeSpan.Zero)
        {
            return lab; // zero fires at once, Timeout.InfiniteTimeSpan never
        }

        double wallMilliseconds = Math.Ceiling(lab.TotalMilliseconds / source.Current.Speed);
        return TimeSpan.FromMilliseconds(Math.Max(1, wallMilliseconds));
    }

    private sealed class LabTimer(ITimer inner, LabClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.ToWall(dueTime), clock.ToWall(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
