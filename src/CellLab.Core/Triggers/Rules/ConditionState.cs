using System.Collections.Immutable;

namespace CellLab.Core.Triggers.Rules;

/// <summary>What one condition remembers.</summary>
/// <param name="Slot">Number of the next moment of a schedule.</param>
/// <param name="DoneStep">Executed step in which it has fired.</param>
/// <param name="Value">Last value of a derived quantity.</param>
public sealed record ConditionState(LadderState? Ladder = null, long Slot = 0, int DoneStep = 0, double? Value = null);

/// <param name="EnteredAtUtc">When the program came to the trigger step.</param>
/// <param name="Fired">Triggers since then.</param>
public sealed record ScopeState(DateTimeOffset EnteredAtUtc, int Fired, ImmutableDictionary<string, ConditionState> Conditions);
