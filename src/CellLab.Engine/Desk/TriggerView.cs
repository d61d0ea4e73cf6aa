using CellLab.Core.Triggers;

namespace CellLab.Engine.Desk;

/// <summary>Where the triggers of a running job stand.</summary>
/// <param name="Fired">Pulses that went out; <paramref name="Recorded"/> of them have their pattern's record.</param>
/// <param name="Missed">Dropped, or without an exposure.</param>
public sealed record TriggerView(TriggerState State, int Fired, int Recorded, int Missed, int Unconfirmed);
