namespace CellLab.HardwareSim.Time;

/// <summary>Keeps lab time near an instrument that a client reads again and again, at its own interval: lab time goes no further than one and a half
/// intervals beyond the last reading, so that a fast clock tears no holes into a signal. Time runs freely when the client has stopped reading.</summary>
internal sealed class MeasuringLeash(BenchClock clock, TimeProvider wall) : IDisposable
{
    private const double ShortestSeconds = 45;
    private const double LongestSeconds = 900;
    private const double Intervals = 1.5;

    /// <summary>Readings of one pass through several masses follow each other closer than this, lab s.</summary>
    private const double SamePassSeconds = 5;

    private static readonly TimeSpan s_gone = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private double _interval = LongestSeconds / Intervals;
    private double? _last;
    private long _lastWall;
    private bool _on;

    /// <summary>The client has asked for a reading.</summary>
    public void Read()
    {
        lock (_gate)
        {
            double now = clock.SecondsNow;
            if (now - _last is > SamePassSeconds and var interval)
            {
                _interval = interval;
            }

            (_last, _lastWall, _on) = (now, wall.GetTimestamp(), true);
            clock.Move(this, TimeSpan.FromSeconds(Math.Clamp(Intervals * _interval, ShortestSeconds, LongestSeconds)));
        }
    }

    /// <summary>To be called every now and then.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            if (_on && wall.GetElapsedTime(_lastWall) > s_gone)
            {
                TakeOff();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            TakeOff();
        }
    }

    private void TakeOff()
    {
        (_on, _last, _interval) = (false, null, LongestSeconds / Intervals);
        clock.TakeOff(this);
    }
}
