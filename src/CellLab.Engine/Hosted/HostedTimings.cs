namespace CellLab.Engine.Hosted;

/// <summary>Waits of the outputs that the service steps.</summary>
public sealed record HostedTimings
{
    /// <summary>No data for this long, lab time: open circuit.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>At high lab speed silence counts only after this much on the wall.</summary>
    public TimeSpan ShortestSilenceOnWall { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>One call to the device may take so long on the wall.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>One attempt to open the circuit, its confirmation included, on the wall.</summary>
    public TimeSpan OpenLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An opening that was not confirmed is tried again after this, on the wall.</summary>
    public TimeSpan OpenRepeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the watch over all outputs looks, on the wall.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often an output is read while nothing is stepped on it, lab time.</summary>
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same on the wall, at least: an idle output does not slow a fast bench down.</summary>
    public TimeSpan ShortestIdleOnWall { get; init; } = TimeSpan.FromMilliseconds(500);
}
