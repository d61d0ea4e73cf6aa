namespace CellLab.Engine.Setup;

/// <summary>Waits of the Engine; on wall time, since they concern wires and processes, unless they say otherwise.</summary>
public sealed record EngineTimings
{
    /// <summary>Longest wait between two attempts to connect.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan FirstReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A stop has this long to be confirmed before it is reported as not confirmed.</summary>
    public TimeSpan StopConfirmation { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>A cell that still runs after a stop is sent the stop again, but not more often than this.</summary>
    public TimeSpan StopRepeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait after a failed commit before the same records are fetched again.</summary>
    public TimeSpan StorageRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No watchdog on lab time may fire sooner than this after the last data, however fast lab time runs.</summary>
    public TimeSpan ShortestWatchdog { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lab time by which a stated start may be missed (service or instrument away); after it a person decides.</summary>
    public TimeSpan StartLateness { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the read-back of a cell's other sources counts: a start that comes later reads them back again.</summary>
    public TimeSpan LeaseValidity { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A device without channels (mass spectrometer, gas panel, trigger) that nobody has talked to for so long is looked at.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks whether the clock of an instrument is to be measured.</summary>
    public TimeSpan ClockLook { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock of an instrument is not measured more often than this, however fast lab time runs.</summary>
    public TimeSpan ClockRepeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two attempts to go on with a step of another instrument that does not answer.</summary>
    public TimeSpan StageRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So long a pulse to a diffractometer may take to start an exposure.</summary>
    public TimeSpan TriggerAcknowledgement { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A pulse whose intent took longer to store, and longer than a pulse may wait, comes too late: it is missed.</summary>
    public TimeSpan SlowestStore { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at an instrument that works within a job; in lab time it is not shorter than a second of the bench.</summary>
    public TimeSpan StagePoll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A pattern's file that has not changed for so long is whole.</summary>
    public TimeSpan PatternUnchanged { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For which the file of a pattern is waited for after its exposure has ended.</summary>
    public TimeSpan PatternFile { get; init; } = TimeSpan.FromSeconds(10);
}
