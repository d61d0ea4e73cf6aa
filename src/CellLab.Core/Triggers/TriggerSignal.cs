namespace CellLab.Core.Triggers;

/// <summary>One thing that happened, with its lab time and the service's monotonic wall time.</summary>
public abstract record TriggerSignal(DateTimeOffset LabUtc, TimeSpan Wall);

/// <summary>A condition became true.</summary>
/// <param name="Id">Of the intent. A known id is dropped: it never pulses again.</param>
public sealed record TriggerWanted(string Id, MissedPolicy Policy, DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);

/// <summary>The instrument answered that it is armed, or somebody disarms it.</summary>
public sealed record ArmingChanged(bool Armed, DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);

/// <summary>The output's receipt for the trigger that was to be fired. Not <paramref name="Sent"/>: certainly no pulse.</summary>
public sealed record PulseTold(string Id, bool Sent, DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);

/// <summary>Debounced levels; null for a wire that is not there.</summary>
public sealed record LevelsRead(bool? Ready, bool? Busy, bool Fault, DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);

/// <summary>The pattern's file was seen, or DONE was told.</summary>
public sealed record PatternDone(DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);

public sealed record LinkChanged(bool Up, DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);

/// <summary>Nothing but time. Needed for open loops and time-outs.</summary>
public sealed record TimePassed(DateTimeOffset LabUtc, TimeSpan Wall) : TriggerSignal(LabUtc, Wall);
