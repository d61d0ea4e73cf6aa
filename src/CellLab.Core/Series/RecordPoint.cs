using CellLab.Core.Records;

namespace CellLab.Core.Series;

/// <summary>What is drawn of one record.</summary>
/// <param name="StepCapacityAmpereHours">The instrument's counter since the start of the step; null without one.</param>
public readonly record struct RecordPoint(
    long Sequence, double TestTimeSeconds, double VoltageVolts, double CurrentAmperes, int Cycle, int StepCount, double? StepCapacityAmpereHours)
{
    public static RecordPoint Of(RecordRow row) => new(
        row.Sequence, row.TestTimeSeconds, row.Record.VoltageVolts, row.Record.CurrentAmperes, row.Cycle, row.Record.StepCount,
        row.Record.StepCapacityAmpereHours);

    /// <param name="before">Test time of the record before; null for the first one.</param>
    public RecordRun ToRun(double? before) => new(
        Sequence, Sequence, TestTimeSeconds, TestTimeSeconds, TestTimeSeconds - (before ?? TestTimeSeconds), Extremes.Of(VoltageVolts),
        Extremes.Of(CurrentAmperes), Cycle, Cycle);
}
