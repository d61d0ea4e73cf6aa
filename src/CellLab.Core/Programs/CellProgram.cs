using CellLab.Core.Safety;

namespace CellLab.Core.Programs;

/// <summary>A protocol compiled for one cell: every current in amperes, loops by number. What a device runs alone or the service steps.
/// Steps are numbered from 1 in order; loops count as steps (NEWARE counts them too); the end is implicit.</summary>
public sealed record CellProgram(string Name, IReadOnlyList<ProgramStep> Steps, RecordRule Record, SafetyLimits Limits, double NominalCapacityAmpereHours);
