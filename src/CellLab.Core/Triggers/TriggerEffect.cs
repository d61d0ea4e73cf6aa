namespace CellLab.Core.Triggers;

/// <summary>What the caller has to do or to record after a signal.</summary>
public abstract record TriggerEffect;

/// <summary>Store the intent, then pulse. Comes once for an id.</summary>
/// <param name="RequestedAtUtc">Lab time at which the condition became true.</param>
public sealed record FirePulse(string Id, DateTimeOffset RequestedAtUtc, bool Queued) : TriggerEffect;

public sealed record TriggerDropped(string Id, DropReason Reason) : TriggerEffect;

/// <param name="Acknowledged">False on an open loop.</param>
public sealed record ExposureBegan(string Id, bool Acknowledged) : TriggerEffect;

public sealed record ExposureEnded(string Id, TimeSpan Took, bool Short, bool Overrun) : TriggerEffect;

/// <summary>No exposure was seen in time; the pulse counts as sent and is not repeated.</summary>
public sealed record NotAcknowledged(string Id) : TriggerEffect;

/// <summary>The exposure could not be followed to its end.</summary>
public sealed record PatternLost(string Id, string Why) : TriggerEffect;

public sealed record TriggerAlarm(string Text) : TriggerEffect;

/// <summary>The cell is to be held at rest or potential, or goes on.</summary>
public sealed record HoldCell(bool Hold) : TriggerEffect;
