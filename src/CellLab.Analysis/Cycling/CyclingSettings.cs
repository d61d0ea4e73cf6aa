using CellLab.Core.Samples;

namespace CellLab.Analysis.Cycling;

/// <summary>What a job fixes before its first record. The figures are those of the submit: an amended mass changes the values per gram,
/// never which cycle a record belongs to.</summary>
/// <param name="NominalAmpereHours">Nominal capacity of the cell (base mAh/g times mass); a step qualifies from 0.1 % of it.</param>
/// <param name="RecordIntervalSeconds">The record rule's longest interval.</param>
public sealed record CyclingSettings(double NominalAmpereHours, LeadingDirection Leading, double RecordIntervalSeconds)
{
    private const double ShortestGapSeconds = 60;

    /// <summary>Longer than this between two records of a step is a gap (data formats, section 7).</summary>
    public double GapSeconds => Math.Max(3 * RecordIntervalSeconds, ShortestGapSeconds);
}
