using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads one step written as a sentence. Charging is positive; the verb gives the sign.</summary>
internal static class SentenceReader
{
    private const string CurrentExpected = "a current: 0.1C, C/10, 25 mA/g, 0.5 mA";
    private const string VoltageExpected = "a voltage, for example 4.8 V";
    private const string SaysDirection = "Charge and Discharge say the direction";

    private static readonly QuantityKind[] Flows = [QuantityKind.Rate, QuantityKind.Current, QuantityKind.SpecificCurrent];

    /// <exception cref="SentenceException">The sentence cannot be read.</exception>
    public static ProtocolStep Read(string text, SourcePosition at, IReadOnlyList<string> blockNames)
    {
        SentenceClauses sentence = SentenceClauses.Split(text, blockNames);
        ProtocolStep step = sentence.Verb switch
        {
            "Rest" => Rest(sentence, at),
            "Hold" => Hold(sentence, at),
            "Scan" => Scan(sentence, at),
            "Charge" => Driven(sentence, at, 1),
            _ => Driven(sentence, at, -1),
        };
        return step with { Sentence = text.Trim(), PeriodSeconds = sentence.Period is { } period ? SentenceEnds.SecondsOf(period) : null };
    }

    /// <summary><c>Rest for 4 hours or until dE/dt &lt; 1 mV/h</c>: it needs a time, because noise may keep the voltage moving.</summary>
    private static OpenCircuitStep Rest(SentenceClauses sentence, SourcePosition at)
    {
        sentence.AllowOnly("for", "until");
        double? drift = sentence.Single("until") is { } until ? DriftEnd.Read(until) : null;
        return new OpenCircuitStep(0, at, null, SentenceEnds.SecondsOf(sentence.Required("for", "Rest for 30 minutes"))) { UntilVoltsPerSecond = drift };
    }

    /// <summary>Constant current, power or resistance.</summary>
    private static ProtocolStep Driven(SentenceClauses sentence, SourcePosition at, int sign)
    {
        sentence.AllowOnly("at", "for", "until");
        string cutOff = sign > 0 ? "4.8" : "2.0";
        QuantityKind[] kinds = sign > 0 ? [.. Flows, QuantityKind.Power] : [.. Flows, QuantityKind.Power, QuantityKind.Resistance];
        SentenceQuantity value = sentence.Required("at", $"{sentence.Verb} at 0.1C until {cutOff} V")
            .Positive("current", SaysDirection, $"{CurrentExpected}{(sign > 0 ? "; or 5 mW" : "; or 5 mW, 4 Ohm")}", kinds);
        SentenceEnds ends = SentenceEnds.Of(
            sentence, $"{VoltageExpected} (the end of a step of constant current), or a capacity: 0.4 mAh, 100 mAh/g",
            QuantityKind.Potential, QuantityKind.Capacity, QuantityKind.SpecificCapacity);
        if (ends.IsEmpty)
        {
            throw new SentenceException("the step has no end", $"add 'until {cutOff} V', 'for 2 hours', or both joined by 'or'");
        }

        ProtocolStep step = value.Kind switch
        {
            QuantityKind.Power => new ConstantPowerStep(0, at, null, sign * value.Value, ends.Seconds, ends.Volts),
            QuantityKind.Resistance => new ConstantResistanceStep(0, at, null, value.Value, ends.Seconds, ends.Volts),
            QuantityKind.Rate => new ConstantCurrentStep(0, at, null, sign * value.Value, null, ends.Seconds, ends.Volts),
            QuantityKind.Current => new ConstantCurrentStep(0, at, null, null, sign * value.Value, ends.Seconds, ends.Volts),
            _ => new ConstantCurrentStep(0, at, null, null, null, ends.Seconds, ends.Volts) { AmperesPerGram = sign * value.Value },
        };
        return step with { UntilCapacity = ends.Capacity };
    }

    private static ConstantVoltageStep Hold(SentenceClauses sentence, SourcePosition at)
    {
        sentence.AllowOnly("at", "for", "until");
        double volts = sentence.Required("at", "Hold at 4.8 V until C/50").Quantity(VoltageExpected, QuantityKind.Potential).Value;
        SentenceEnds ends = SentenceEnds.Of(sentence, $"{CurrentExpected}; or a capacity: 0.4 mAh", [.. Flows, QuantityKind.Capacity, QuantityKind.SpecificCapacity]);
        return ends.IsEmpty
            ? throw new SentenceException("the step has no end", "add 'until C/50', 'for 2 hours', or both joined by 'or'")
            : new ConstantVoltageStep(0, at, null, volts, ends.Seconds, ends.RateC, ends.Amperes)
            {
                UntilAmperesPerGram = ends.AmperesPerGram, UntilCapacity = ends.Capacity, DirectionOpen = true,
            };
    }

    private static VoltageScanStep Scan(SentenceClauses sentence, SourcePosition at)
    {
        const string example = "Scan from 3.0 V to 4.8 V at 0.1 mV/s";
        sentence.AllowOnly("from", "to", "at");
        double from = sentence.Required("from", example).Quantity(VoltageExpected, QuantityKind.Potential).Value;
        SentenceClause target = sentence.Required("to", example);
        double to = target.Quantity(VoltageExpected, QuantityKind.Potential).Value;
        double rate = sentence.Required("at", example).Positive("scan rate", "the two voltages give the direction", "a scan rate, for example 0.1 mV/s", QuantityKind.ScanRate).Value;
        return from == to ? throw new SentenceException("a scan needs two different voltages", null, target.Offset) : new VoltageScanStep(0, at, null, from, to, rate);
    }
}
