namespace CellLab.Core.Devices;

/// <summary>How the followed test stands after a turn.</summary>
public enum FollowOutcome
{
    /// <summary>It runs (or is paused), or its last records are not all here yet.</summary>
    Following,

    /// <summary>The test ran to its end and everything it stored is here.</summary>
    Complete,

    /// <summary>The instrument ended the test before its end (stopped by a person, protection) and everything it stored is here.</summary>
    EndedEarly,

    /// <summary>Another test has taken the channel; what was left of ours is here. The channel is not ours any more.</summary>
    Overrun,

    /// <summary>The channel is away (offline, unknown word): nothing is concluded.</summary>
    Away,
}
