using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Sentences to steps in the order in which they stand. PyBaMM counts discharge positive; here charging is.
/// A hold takes the direction of its current from the step before it.</summary>
internal sealed class StepMapping(string file, ICollection<Finding> errors, ICollection<Finding> warnings)
{
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private bool? _charging;

    /// <summary>The step, or null when it was refused.</summary>
    public ProtocolStep? Map(string text, SourcePosition at)
    {
        if (SentenceParser.Parse(text, out PyBammFault? fault) is not { } sentence)
        {
            return Refuse(at with { Column = at.Column + fault!.Offset }, $"'{text}': {fault.Message}", fault.Hint);
        }

        WarnLosses(sentence, at);
        ProtocolStep? step = sentence.Action switch
        {
            PyBammAction.Rest => Rest(sentence, at),
            PyBammAction.Hold => Hold(sentence, at),
            _ => Current(sentence, at),
        };
        return step is null ? null : step with { PeriodSeconds = sentence.PeriodSeconds };
    }

    private ProtocolStep? Rest(PyBammSentence sentence, SourcePosition at) => sentence switch
    {
        { End: not null } => Refuse(at, $"'{sentence.Text}': a rest cannot end at a value here", "give it a duration alone"),
        { Seconds: { } seconds } => new OpenCircuitStep(0, at, null, seconds),
        _ => null,
    };

    private ProtocolStep? Current(PyBammSentence sentence, SourcePosition at)
    {
        PyBammQuantity value = sentence.Value!.Value;
        if (value.Unit == PyBammUnit.Volt || (value.Unit == PyBammUnit.Ohm && sentence.Action == PyBammAction.Charge))
        {
            return Refuse(at, $"'{sentence.Text}': {NameOf(value.Unit)} is not a step that can be carried over", HintFor(value.Unit));
        }

        double signed = sentence.Action == PyBammAction.Charge ? value.Value : -value.Value;
        if (signed == 0)
        {
            return Refuse(at, $"'{sentence.Text}': the current is 0", "write Rest");
        }

        if (signed > 0 != (sentence.Action == PyBammAction.Charge))
        {
            Warn(sentence, at, $"the sign turns it into a {(signed > 0 ? "charge" : "discharge")}", "leave the sign out and choose the word");
        }

        _charging = signed > 0;
        if (sentence.End is { } end && WrongVoltageEnd(end, signed > 0) is { } wrong)
        {
            return Refuse(at, $"'{sentence.Text}': {wrong}", "a current ends at a voltage, after a time, or both");
        }

        double? volts = sentence.End?.Value.Value;
        return value.Unit switch
        {
            PyBammUnit.Watt => new ConstantPowerStep(0, at, null, signed, sentence.Seconds, volts),
            PyBammUnit.Ohm => new ConstantResistanceStep(0, at, null, -signed, sentence.Seconds, volts),
            PyBammUnit.CRate => new ConstantCurrentStep(0, at, null, signed, null, sentence.Seconds, volts),
            _ => new ConstantCurrentStep(0, at, null, null, signed, sentence.Seconds, volts),
        };
    }

    private static string? WrongVoltageEnd(PyBammEnd end, bool charging) => end switch
    {
        { Value.Unit: not PyBammUnit.Volt } => $"{NameOf(end.Value.Unit)} cannot end a current",
        { Operator: { } sign } when sign != (charging ? '>' : '<') => $"it would end {(charging ? "below" : "above")} a voltage while it {(charging ? "charges" : "discharges")}",
        _ => null,
    };

    private ProtocolStep? Hold(PyBammSentence sentence, SourcePosition at)
    {
        PyBammQuantity value = sentence.Value!.Value;
        if (value.Unit != PyBammUnit.Volt)
        {
            return Refuse(at, $"'{sentence.Text}': Hold is meant with a voltage", "write Charge or Discharge for a current");
        }

        if (sentence.End is not { } end)
        {
            return new ConstantVoltageStep(0, at, null, value.Value, sentence.Seconds, null, null);
        }

        if (HoldEnd.Of(end, _charging ?? true, out string? wrong) is not { } signed)
        {
            return Refuse(at, $"'{sentence.Text}': {wrong}", "a hold ends at a current or C-rate, after a time, or both");
        }

        if (_charging is null && end.Operator is null)
        {
            Warn(sentence, at, "no current step stands before it: taken as a charge", "write until < 50 mA for a discharge, > -50 mA for a charge");
        }

        _charging = signed > 0;
        bool rate = end.Value.Unit == PyBammUnit.CRate;
        return new ConstantVoltageStep(0, at, null, value.Value, sentence.Seconds, rate ? signed : null, rate ? null : signed);
    }

    private void WarnLosses(PyBammSentence sentence, SourcePosition at)
    {
        if (sentence.Seconds is null && sentence.End is not null)
        {
            double hours = sentence.Value is { Unit: PyBammUnit.CRate } rate ? 2 / Math.Abs(rate.Value) : 24;
            Warn(sentence, at, FormattableString.Invariant($"it has no time limit; PyBaMM itself would end it after {hours:0.###} hours"), "add 'for' with a duration if one is meant");
        }
    }

    /// <summary>Once for each sentence, however often it stands.</summary>
    private void Warn(PyBammSentence sentence, SourcePosition at, string message, string? hint)
    {
        if (_warned.Add(sentence.Text + "\n" + message))
        {
            warnings.Add(new Finding(file, at.Line, at.Column, $"'{sentence.Text}': {message}", hint));
        }
    }

    private ProtocolStep? Refuse(SourcePosition at, string message, string? hint)
    {
        errors.Add(new Finding(file, at.Line, at.Column, message, hint));
        return null;
    }

    private static string? HintFor(PyBammUnit unit) => unit == PyBammUnit.Volt ? "write Hold for a voltage" : null;

    private static string NameOf(PyBammUnit unit) => unit switch
    {
        PyBammUnit.Volt => "a voltage",
        PyBammUnit.Watt => "constant power",
        PyBammUnit.Ohm => "constant resistance",
        _ => "a current",
    };
}
