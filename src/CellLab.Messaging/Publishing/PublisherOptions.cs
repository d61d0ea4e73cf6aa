namespace CellLab.Messaging.Publishing;

/// <summary>How records go out. Times are wall time.</summary>
public sealed record PublisherOptions
{
    /// <summary>Name of this node in topics.</summary>
    public required string Node { get; init; }

    /// <summary>A job's rows are sent when this time has passed or <see cref="JobRows"/> have come together, whichever is first.</summary>
    public TimeSpan JobInterval { get; init; } = TimeSpan.FromSeconds(1);

    public int JobRows { get; init; } = 500;

    /// <summary>Most rows in one message of the node; a larger commit is cut, smaller ones are joined when the publisher is behind.</summary>
    public int NodeRows { get; init; } = 2000;

    /// <summary>Committed rows that may wait in memory; beyond that they are read from the journal.</summary>
    public int MemoryRows { get; init; } = 50_000;

    /// <summary>Rows after which the cursor may move without waiting for <see cref="JobInterval"/>.</summary>
    public int WindowRows { get; init; } = 5_000;

    /// <summary>Windows that may wait for acknowledgements at the same time.</summary>
    public int OpenWindows { get; init; } = 6;

    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After a broker came back without its memory: how long subscribers get to subscribe again before anything is sent.</summary>
    public TimeSpan SubscriberGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What was sent this long before such a loss is sent once more: the broker may have died with it.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
