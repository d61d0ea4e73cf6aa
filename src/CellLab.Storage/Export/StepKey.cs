using CellLab.Core.Records;

namespace CellLab.Storage.Export;

/// <summary>An executed step within a job: instruments count anew in each segment.</summary>
internal readonly record struct StepKey(int Segment, int StepCount)
{
    public static StepKey Of(RecordRow row) => new(row.Segment, row.Record.StepCount);
}
