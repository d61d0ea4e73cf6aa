using CellLab.Core.Cycles;
using CellLab.Core.Records;

namespace CellLab.Analysis.Cycling;

/// <summary>What the cycle arithmetic needs of one record, in SI units with a positive charging current.</summary>
/// <param name="Sequence">From 1 without gap within the analysed stream.</param>
/// <param name="RecordNumber">The instrument's own number; a jump shows that rows are missing. Null where a source has none.</param>
/// <param name="StepTimeSeconds">Since the start of the executed step.</param>
/// <param name="UtcSeconds">UNIX time at which it was taken.</param>
/// <param name="StepAmpereHours">The device's counter since the start of the step, positive in both directions; null without one.</param>
public readonly record struct CyclingRecord(
    long Sequence,
    int Segment,
    long? RecordNumber,
    int StepCount,
    StepKind Kind,
    double StepTimeSeconds,
    double UtcSeconds,
    double Volts,
    double Amperes,
    double? StepAmpereHours = null,
    double? StepWattHours = null,
    int? InstrumentCycle = null,
    string Block = "main",
    int Pass = 1)
{
    /// <summary>Counters since the start of the step by direction, for sources that count both; they then win over the one without direction.</summary>
    public TwoWay? StepDirectedAmpereHours { get; init; }

    public TwoWay? StepDirectedWattHours { get; init; }

    /// <summary>Every value in it is a number.</summary>
    public bool IsFinite => double.IsFinite(StepTimeSeconds) && double.IsFinite(UtcSeconds) && double.IsFinite(Volts) && double.IsFinite(Amperes)
        && double.IsFinite(StepAmpereHours ?? 0) && double.IsFinite(StepWattHours ?? 0);

    public static CyclingRecord From(RecordRow row) => new(
        row.Sequence,
        row.Segment,
        row.Record.RecordNumber,
        row.Record.StepCount,
        row.Record.Kind,
        row.Record.StepTimeSeconds,
        (row.Record.TakenAtUtc - DateTimeOffset.UnixEpoch).TotalSeconds,
        row.Record.VoltageVolts,
        row.Record.CurrentAmperes,
        row.Record.StepCapacityAmpereHours,
        row.Record.StepEnergyWattHours,
        row.Record.InstrumentCycle,
        row.Block,
        row.Pass);
}
