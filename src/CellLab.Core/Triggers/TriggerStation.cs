using System.Collections.Immutable;

namespace CellLab.Core.Triggers;

/// <summary>All that the handshake remembers.</summary>
/// <param name="Since">Lab time at which the state began.</param>
/// <param name="SinceWall">The same, monotonic wall time.</param>
/// <param name="Current">The trigger that is out; null between patterns.</param>
/// <param name="LastPulse">Lab time of the last pulse.</param>
/// <param name="NotAcknowledged">Pulses in a row without an exposure.</param>
/// <param name="CurrentHolds">The trigger that is out holds the cell.</param>
/// <param name="Holding">The cell is held now.</param>
/// <param name="Fired">Every id that was handed out to be pulsed.</param>
public sealed record TriggerStation(
    TriggerState State,
    DateTimeOffset Since,
    TimeSpan SinceWall,
    string? Current,
    DateTimeOffset? LastPulse,
    int NotAcknowledged,
    int Missed,
    bool Overran,
    bool CurrentHolds,
    bool Holding,
    ImmutableQueue<WaitingTrigger> Waiting,
    ImmutableHashSet<string> Fired)
{
    public static TriggerStation New(DateTimeOffset labUtc, TimeSpan wall) =>
        new(TriggerState.Disarmed, labUtc, wall, null, null, 0, 0, Overran: false, CurrentHolds: false, Holding: false, [], []);

    public bool Exposes => State is TriggerState.Exposing or TriggerState.Overrun;
}

/// <param name="RequestedAtUtc">Lab time.</param>
public sealed record WaitingTrigger(string Id, MissedPolicy Policy, DateTimeOffset RequestedAtUtc);
