using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Writes a protocol as PyBaMM experiment strings, one a line, in the words of aurora-unicycler's export (0.4.6, MIT).</summary>
public static class PyBammWriter
{
    public const int MaxSteps = 10_000;

    /// <param name="findings">What could not be carried over; without a text every reason why there is none.</param>
    /// <returns>The lines; null when the protocol cannot be written.</returns>
    public static string? Write(Protocol protocol, out IReadOnlyList<Finding> findings)
    {
        ProtocolStep[] impossible = [.. protocol.Steps.Where(step => !SentenceText.CanSay(step))];
        if (impossible.Length > 0)
        {
            findings = [.. impossible.Select(step => At(protocol, step.At, $"{step.Label}: PyBaMM strings cannot say it", "remove the step"))];
            return null;
        }

        IReadOnlyList<ProtocolStep> steps = Unrolling.Of(protocol.Steps, MaxSteps + 1);
        if (steps.Count > MaxSteps)
        {
            findings = [new Finding(protocol.File, 0, 0, FormattableString.Invariant($"written out it has more than {MaxSteps} steps"), "lower the passes of its loops")];
            return null;
        }

        findings = [.. Losses(protocol), .. Turned(protocol, steps).DistinctBy(finding => finding.Line == 0 ? finding.Message : $"{finding.Line}:{finding.Column}")];
        return string.Concat(steps.Select(step => SentenceText.Of(step) + "\n"));
    }

    private static IEnumerable<Finding> Losses(Protocol protocol)
    {
        yield return Lost(protocol, $"the record rule (every {QuantityText.Plain(protocol.Record.IntervalSeconds)} s)", "give the experiment's period in PyBaMM");
        if (protocol.Limits != new ProtocolLimits { At = protocol.Limits.At })
        {
            yield return Lost(protocol, "the safety limits");
        }

        if (protocol.SampleName is { } sample)
        {
            yield return Lost(protocol, $"the sample's name '{sample}'");
        }

        if (protocol.CapacityAmpereHours is { } capacity)
        {
            yield return Lost(protocol, $"1C = {QuantityText.Milliamperes(capacity)}", "set the nominal capacity of the model");
        }

        if (protocol.Steps.OfType<LoopBack>().Any())
        {
            yield return Lost(protocol, "loops and the names of their blocks: passes are written out");
        }

        if (protocol.Steps.Any(step => step.Id is not null))
        {
            yield return Lost(protocol, "the ids of steps");
        }
    }

    /// <summary>A reader takes the direction of a hold from the step before it, which may not be what the protocol says.</summary>
    private static IEnumerable<Finding> Turned(Protocol protocol, IReadOnlyList<ProtocolStep> steps)
    {
        bool charging = true;
        foreach (ProtocolStep step in steps)
        {
            bool? says = step switch { ConstantCurrentStep current => current.Charges, ConstantVoltageStep hold => hold.Charges, _ => null };
            if (step is ConstantVoltageStep && says is { } direction && direction != charging)
            {
                yield return At(protocol, step.At, $"not carried over: {step.Label}: that its current {(direction ? "charges" : "discharges")}", "a reader takes it from the step before");
            }
            else
            {
                charging = says ?? charging;
            }
        }
    }

    private static Finding Lost(Protocol protocol, string what, string? hint = null) => new(protocol.File, 0, 0, $"not carried over: {what}", hint);

    private static Finding At(Protocol protocol, SourcePosition at, string message, string hint) => new(protocol.File, at.Line, at.Column, message, hint);
}
