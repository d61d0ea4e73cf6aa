namespace CellLab.Core.Programs;

/// <summary>When the instrument stores a row: every so many seconds, or on a change of that size; always at both ends of a step.</summary>
public sealed record RecordRule(double IntervalSeconds, double? DeltaVolts, double? DeltaAmperes);
