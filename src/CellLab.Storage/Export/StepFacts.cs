using CellLab.Core.Records;

namespace CellLab.Storage.Export;

/// <summary>What is known of an executed step once all its records have been seen.</summary>
/// <param name="StepCount">Running on over segments.</param>
/// <param name="Cycle">Electrochemical cycle of the whole step.</param>
/// <param name="StartSeconds">Test time of the step's start, corrected.</param>
/// <param name="DurationSeconds">By the instrument's step table; null while it is not final.</param>
internal sealed record StepFacts(int StepCount, int Cycle, StepKind Kind, int Direction, double StartSeconds, double? DurationSeconds);
