namespace EcoChemie.Autolab.Sdk;

/// <summary>The simulated instrument's own time, s. Within a run it goes no further than it is waited for, so that a fast bench loses no sample.</summary>
public sealed class StandInClock
{
    /// <summary>Between two looks at whether the wait is to end early, wall time.</summary>
    private const double Slice = 0.2;

    private readonly Instrument _instrument;

    internal StandInClock(Instrument instrument) => _instrument = instrument;

    public double Now() => _instrument.InRun ? _instrument.Last.Seconds : _instrument.Refresh().Seconds;

    /// <summary>What the clock of the instrument PC shows; null within a run, whose time is the one that was waited for.</summary>
    public DateTime? UtcNow() => _instrument.InRun || _instrument.BeganUtc is not { } began ? null : began.AddTicks((long)(Now() * TimeSpan.TicksPerSecond));

    public void Begin()
    {
        _instrument.Keep(_instrument.Link.Begin());
        _instrument.InRun = true;
    }

    public void End()
    {
        _instrument.InRun = false;
        _instrument.Keep(_instrument.Link.End());
    }

    /// <summary>Returns at this time, or earlier when <paramref name="interrupt"/> is set.</summary>
    public void WaitUntil(double seconds, WaitHandle interrupt)
    {
        ArgumentNullException.ThrowIfNull(interrupt);
        while (_instrument.Keep(_instrument.Link.Wait(seconds, Slice)).Seconds < seconds - 1e-9 && !interrupt.WaitOne(0))
        {
            // another slice
        }
    }
}
