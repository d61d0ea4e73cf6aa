namespace CellLab.Core.Triggers;

/// <summary>Times of a handshake: <see cref="AcknowledgeWithin"/> is wall time, everything else lab time.</summary>
public sealed record TriggerSettings
{
    public const int MostQueued = 10;

    public required TimeSpan Exposure { get; init; }

    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two pulses.</summary>
    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A queued trigger older than this is dropped.</summary>
    public TimeSpan LongestQueued { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A trigger that holds the cell waits no longer than this, nor holds it longer for an exposure of unknown length.</summary>
    public TimeSpan LongestHold { get; init; } = TimeSpan.FromHours(1);

    /// <summary>There is no busy signal: the state follows the clock.</summary>
    public bool OpenLoop { get; init; }

    /// <summary>There is no ready signal: readout ends by the clock.</summary>
    public bool TellsReady { get; init; } = true;

    public TimeSpan Readout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan ShortestExposure => 0.8 * Exposure;

    public TimeSpan LongestExposure => (1.5 * Exposure) + TimeSpan.FromSeconds(60);
}
