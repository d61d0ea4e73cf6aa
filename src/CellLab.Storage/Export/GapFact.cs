namespace CellLab.Storage.Export;

/// <summary>Records are missing in a step.</summary>
internal sealed record GapFact(int StepCount, long AfterRecord, double FromStepSeconds, double ToStepSeconds);
