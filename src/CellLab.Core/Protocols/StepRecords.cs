using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>Record rules of single steps.</summary>
internal static class StepRecords
{
    /// <summary>What the step asks for, the rest by the file's rule; null when it asks for nothing of its own.</summary>
    public static RecordRule? Rule(ProtocolStep step, RecordRule whole)
    {
        var rule = new RecordRule(step.PeriodSeconds ?? whole.IntervalSeconds, step.RecordDeltaVolts ?? whole.DeltaVolts, step.RecordDeltaAmperes ?? whole.DeltaAmperes);
        bool asks = (step.PeriodSeconds ?? step.RecordDeltaVolts ?? step.RecordDeltaAmperes) is not null;
        return asks && rule != whole ? rule : null;
    }
}
