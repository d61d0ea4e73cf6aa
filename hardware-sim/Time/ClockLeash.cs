namespace CellLab.HardwareSim.Time;

/// <summary>Keeps lab time near an output that a service steps by polling: lab time goes no further than <see cref="LongestSeconds"/> beyond the last
/// poll, and not so far that the voltage has moved by more than <see cref="LargestMove"/>. So a fast clock never makes a cut-off late. The output's
/// simulator tells what happens; its own lock covers all calls. Time stands still between the polls of a client that is slow, and runs freely again
/// when the client has gone, or rests with the output off and does not ask any more.</summary>
internal sealed class ClockLeash(BenchClock clock, TimeProvider wall) : IDisposable
{
    /// <summary>Lab seconds between two polls.</summary>
    public const double LongestSeconds = 2;

    /// <summary>Between two polls, V.</summary>
    public const double LargestMove = 0.0015;

    private const double ShortestSeconds = 0.02;

    /// <summary>A client that steps a rest asks far more often than this on the wall; one that watches an idle output does not.</summary>
    private static readonly TimeSpan StillStepping = TimeSpan.FromMilliseconds(250);

    private bool _on;
    private bool _leashed;
    private long _lastPoll;

    /// <summary>The output goes on or off, or does something else from now on.</summary>
    /// <param name="voltsAfter">The voltage after so many seconds of what it does now.</param>
    public void Changed(bool outputOn, Func<double, double> voltsAfter)
    {
        (_on, bool before) = (outputOn, _leashed);
        _leashed |= outputOn;
        if (_leashed && !before)
        {
            Polled(voltsAfter);
        }
    }

    /// <summary>The client has been told the voltage.</summary>
    public void Polled(Func<double, double> voltsAfter)
    {
        _lastPoll = wall.GetTimestamp();
        if (_leashed)
        {
            clock.Move(this, TimeSpan.FromSeconds(Allowance(voltsAfter)));
        }
    }

    /// <summary>To be called every now and then.</summary>
    public void Advance()
    {
        if (_leashed && !_on && wall.GetElapsedTime(_lastPoll) > StillStepping)
        {
            ClientGone();
        }
    }

    /// <summary>Nobody is there to poll: lab time runs on, whatever the output does.</summary>
    public void ClientGone()
    {
        _leashed = false;
        clock.TakeOff(this);
    }

    public void Dispose() => ClientGone();

    private static double Allowance(Func<double, double> voltsAfter)
    {
        double now = voltsAfter(0);
        double seconds = LongestSeconds;
        while (seconds > ShortestSeconds && Math.Abs(voltsAfter(seconds) - now) > LargestMove)
        {
            seconds /= 2;
        }

        return Math.Max(seconds, ShortestSeconds);
    }
}
