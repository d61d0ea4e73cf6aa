namespace CellLab.Core.Records;

/// <summary>An executed step whose start and length are final, by the instrument's own step table.</summary>
/// <param name="StartSeconds">Since the start of the segment.</param>
public sealed record StepTime(int StepCount, int StepId, double StartSeconds, double DurationSeconds, long FirstRecord, long LastRecord);
