using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>A tester has one record rule for its whole program: the shortest interval that a step asks for serves them all.</summary>
internal static class RecordPeriods
{
    public static RecordRule Shortest(RecordRule rule, IEnumerable<ProtocolStep> steps) => steps.Min(step => step.PeriodSeconds) is { } period
        && period < rule.IntervalSeconds ? rule with { IntervalSeconds = period } : rule;
}
