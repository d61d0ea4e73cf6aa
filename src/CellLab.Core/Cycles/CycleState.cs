namespace CellLab.Core.Cycles;

/// <summary>What a <see cref="CycleCounter"/> remembers; small, and stored with the records it accounts for.</summary>
/// <param name="Count">The count so far.</param>
/// <param name="OtherDirectionSeen">A qualifying step of the other direction has passed since the count last rose.</param>
/// <param name="StepCount">Executed step that the last record belonged to; 0 before the first.</param>
/// <param name="StepHasQualified">That step has already moved its 0.1 %.</param>
public readonly record struct CycleState(int Count, bool OtherDirectionSeen, int StepCount, bool StepHasQualified);
