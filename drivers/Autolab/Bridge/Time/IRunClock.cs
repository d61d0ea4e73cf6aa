namespace CellLab.AutolabBridge.Time;

/// <summary>The time in which a run is sampled, in seconds of an origin of its own. The instrument's own time: the machine's clock, or that of a
/// simulated instrument.</summary>
internal interface IRunClock
{
    double Seconds { get; }

    /// <summary>Time of day; null where a simulated clock has none now. Asked for on the SDK's thread.</summary>
    DateTime? UtcNow { get; }

    /// <summary>A run begins or has ended: between the two a simulated clock goes no further than it is waited for.</summary>
    void Begin();

    void End();

    /// <summary>Returns at this time, or earlier when <paramref name="interrupt"/> is set.</summary>
    void WaitUntil(double seconds, WaitHandle interrupt);
}

/// <summary>The machine's clock.</summary>
internal sealed class WallRunClock : IRunClock
{
    public double Seconds => WallTime.Seconds;

    public DateTime? UtcNow => WallTime.UtcNow;

    public void Begin()
    {
        // it runs by itself
    }

    public void End()
    {
        // it runs by itself
    }

    public void WaitUntil(double seconds, WaitHandle interrupt)
    {
        double left = seconds - WallTime.Seconds;
        while (left > 0 && !interrupt.WaitOne((int)Math.Min(Math.Ceiling(left * 1000), int.MaxValue)))
        {
            left = seconds - WallTime.Seconds;
        }
    }
}
