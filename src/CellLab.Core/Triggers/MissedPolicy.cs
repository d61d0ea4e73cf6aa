namespace CellLab.Core.Triggers;

/// <summary>What becomes of a trigger that cannot go out at once.</summary>
public enum MissedPolicy
{
    /// <summary>Dropped and recorded.</summary>
    Skip,

    /// <summary>The newest one waits; the one before it is dropped.</summary>
    QueueLatest,

    /// <summary>All wait, at most <see cref="TriggerSettings.MostQueued"/>.</summary>
    QueueAll,

    /// <summary>Waits, and exposes, while the cell is held; at most <see cref="TriggerSettings.LongestHold"/>.</summary>
    Hold,
}

/// <summary>Why a trigger was dropped.</summary>
public enum DropReason { Busy, NotArmed, LinkDown, RateLimit, TooOld, Replaced, Repeated, Refused }
