namespace CellLab.Core.Records;

/// <summary>One row as the instrument stored it, in SI units and with a positive charging current.</summary>
/// <param name="RecordNumber">The instrument's own running number within the test, from 1.</param>
/// <param name="StepCount">Executed steps of the test so far, from 1; never repeats.</param>
/// <param name="StepId">Number of the step in the program, from 1; comes back in loops.</param>
/// <param name="StepTimeSeconds">Since the start of the executed step, by the instrument.</param>
/// <param name="SegmentTimeSeconds">Since the start of the test; <paramref name="Provisional"/> until the step's start is final.</param>
/// <param name="TakenAtUtc">When it was taken, from the instrument's clock (corrected by its offset).</param>
/// <param name="ReceivedAtUtc">When it arrived here, lab time.</param>
/// <param name="StepCapacityAmpereHours">The instrument's counter since the start of the step, positive in both directions; null without one.</param>
public sealed record InstrumentRecord(
    long RecordNumber,
    int StepCount,
    int StepId,
    StepKind Kind,
    double StepTimeSeconds,
    double SegmentTimeSeconds,
    bool Provisional,
    DateTimeOffset TakenAtUtc,
    DateTimeOffset ReceivedAtUtc,
    double VoltageVolts,
    double CurrentAmperes,
    double? StepCapacityAmpereHours,
    double? StepEnergyWattHours,
    int? InstrumentCycle)
{
    /// <summary>Steps of the program that were left out before this one, because whoever runs it has left a loop by its exit.</summary>
    public long StepsLeftOut { get; init; }
}
