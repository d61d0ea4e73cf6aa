using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>For formats without CCCV in one step: makes two of it, the current until the voltage is reached and the hold.</summary>
public static class CurrentThenHold
{
    /// <param name="findings">What two steps cannot say, by step.</param>
    /// <returns>The same protocol where there is no such step.</returns>
    public static Protocol Split(Protocol protocol, out IReadOnlyList<Finding> findings)
    {
        var losses = new List<Finding>();
        findings = losses;
        if (!protocol.Steps.OfType<ConstantVoltageStep>().Any(step => step.CurrentFirst))
        {
            return protocol;
        }

        // entry numbers move: loops by number go to the place where their target went
        var entries = new List<ProtocolStep>();
        var places = new int[protocol.Steps.Count + 2];
        foreach (ProtocolStep step in protocol.Steps)
        {
            places[step.Entry] = entries.Count + 1;
            entries.AddRange(Parts(step).Select((part, place) => part with { Entry = entries.Count + 1 + place }).ToArray());
            if (step is ConstantVoltageStep { CurrentFirst: true } one && (one.UntilSeconds is not null || one.UntilCapacity is not null))
            {
                string ends = one.UntilCapacity is null ? "time counts" : one.UntilSeconds is null ? "charge counts" : "time and charge count";
                losses.Add(new Finding(protocol.File, one.At.Line, one.At.Column, $"not carried over: {one.Label}: that its {ends} for current and voltage together; both parts get the whole", "correct the ends of the two steps"));
            }
        }

        return protocol with { Steps = [.. entries.Select(entry => entry is LoopBack { TargetTag: null } loop ? loop with { TargetEntry = places[loop.TargetEntry] } : entry)] };
    }

    private static ProtocolStep[] Parts(ProtocolStep step)
    {
        if (step is not ConstantVoltageStep { CurrentFirst: true } both)
        {
            return [step];
        }

        var current = new ConstantCurrentStep(0, both.At, both.Id, both.StartRateC, both.StartRateC is null ? both.StartAmperes : null, both.UntilSeconds, both.Volts)
        {
            Sentence = both.Sentence, PeriodSeconds = both.PeriodSeconds, RecordDeltaVolts = both.RecordDeltaVolts, RecordDeltaAmperes = both.RecordDeltaAmperes,
            UntilCapacity = both.UntilCapacity,
        };
        return [current, both with { StartRateC = null, StartAmperes = null, StatedCharging = current.Charges }];
    }
}
