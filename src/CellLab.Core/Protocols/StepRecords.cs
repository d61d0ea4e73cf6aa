using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>Record rules of single steps.</summary>
internal static class StepRecords
{
    /// <summary>What the step asks for, the rest by the file's rule; null when that is the file's rule.</summary>
    public static RecordRule? Rule(ProtocolStep step, RecordRule whole) => Differing(Asked(step, whole), whole);

    /// <summary>Rules by the steps' own rates where nobody stated one; what a step asks for goes before.</summary>
    public static CellProgram WithDefaults(CellProgram program, IReadOnlyList<ProtocolStep> sources)
    {
        RecordRule[] rules = [.. program.Steps.Select(step => DefaultRecordRule.For(step, program.NominalCapacityAmpereHours))];
        RecordRule whole = DefaultRecordRule.Slowest(program.Steps.Zip(rules).Where(pair => Stores(pair.First)).Select(pair => pair.Second));
        return program with
        {
            Record = whole,
            Steps = [.. program.Steps.Select((step, place) => step with { Record = Stores(step) ? Differing(Asked(sources[place], rules[place]), whole) : null })],
        };
    }

    private static bool Stores(ProgramStep step) => step is not (LoopStep or OtherInstrumentStep);

    private static RecordRule Asked(ProtocolStep step, RecordRule otherwise) => new(
        step.PeriodSeconds ?? otherwise.IntervalSeconds, step.RecordDeltaVolts ?? otherwise.DeltaVolts, step.RecordDeltaAmperes ?? otherwise.DeltaAmperes);

    private static RecordRule? Differing(RecordRule rule, RecordRule whole) => rule == whole ? null : rule;
}
