namespace CellLab.Drivers.Neware.Following;

/// <summary>An executed step whose final times have not been told yet.</summary>
internal readonly record struct OpenStep(int Count, int StepId, long FirstRecord);
