using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Service.Offline;

/// <summary>Record rules of single steps, stated or by default, in formats that say less about them.</summary>
internal static class StepPeriods
{
    /// <summary>With one rule for the whole file: the finest of its steps', so that no row is lost.</summary>
    /// <param name="oneC">1C, A; null where it is not known: then only stated rates count.</param>
    public static Protocol InOneRule(Protocol protocol, double? oneC, out IReadOnlyList<Finding> findings)
    {
        List<(ProtocolStep Step, RecordRule Rule)> rules = [.. protocol.Steps.Where(Stores).Select(step => (step, RuleOf(step, protocol, oneC)))];
        RecordRule finest = new(
            rules.Select(pair => pair.Rule.IntervalSeconds).DefaultIfEmpty(protocol.Record.IntervalSeconds).Min(),
            rules.Min(pair => pair.Rule.DeltaVolts) ?? protocol.Record.DeltaVolts,
            rules.Min(pair => pair.Rule.DeltaAmperes) ?? protocol.Record.DeltaAmperes);
        findings = rules.FirstOrDefault(pair => pair.Rule != finest) is { Step: { } coarser, Rule: { } itsRule }
            ? [new Finding(
                protocol.File, coarser.At.Line, coarser.At.Column,
                $"not carried over: record rules of single steps: the file has one for all, and gets the finest of them ({Text(finest)}); {coarser.Label} would record {Text(itsRule)}",
                "no row is lost, slow steps give more of them")]
            : [];
        return protocol with
        {
            Record = finest,
            Steps = [.. protocol.Steps.Select(step => step with { PeriodSeconds = null, RecordDeltaVolts = null, RecordDeltaAmperes = null })],
        };
    }

    /// <summary>With the interval at every step that has another one than the whole.</summary>
    public static Protocol AtTheSteps(Protocol protocol, double? oneC) => protocol with
    {
        Steps = [.. protocol.Steps.Select(step => Stores(step) && RuleOf(step, protocol, oneC).IntervalSeconds is var seconds && seconds != protocol.Record.IntervalSeconds
            ? step with { PeriodSeconds = seconds }
            : step)],
    };

    private static RecordRule RuleOf(ProtocolStep step, Protocol protocol, double? oneC)
    {
        RecordRule otherwise = protocol.RecordIsDefault ? DefaultRecordRule.For(step, oneC ?? 0) : protocol.Record;
        return new RecordRule(
            step.PeriodSeconds ?? otherwise.IntervalSeconds, step.RecordDeltaVolts ?? otherwise.DeltaVolts, step.RecordDeltaAmperes ?? otherwise.DeltaAmperes);
    }

    private static bool Stores(ProtocolStep step) => step is not (TagMark or LoopBack or ImpedanceStep or HostedStep);

    private static string Text(RecordRule rule) => string.Concat(
        FormattableString.Invariant($"every {rule.IntervalSeconds} s"),
        rule.DeltaVolts is { } volts ? FormattableString.Invariant($", {volts * 1e3} mV") : "",
        rule.DeltaAmperes is { } amperes ? FormattableString.Invariant($", {amperes * 1e3} mA") : "");
}
