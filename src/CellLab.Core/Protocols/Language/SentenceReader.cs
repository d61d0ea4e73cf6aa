using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads one step written as a sentence. Charging is positive; the verb gives the sign.</summary>
internal static class SentenceReader
{
    private const string CurrentExpected = "a current: 0.1C, C/10, 25 mA/g, 0.5 mA";
    private const string VoltageExpected = "a voltage, for example 4.8 V";
    private const string DurationExpected = "a time, for example 30 minutes or 2 h";

    /// <exception cref="SentenceException">The sentence cannot be read.</exception>
    public static ProtocolStep Read(string text, SourcePosition at, IReadOnlyList<string> blockNames)
    {
        SentenceClauses sentence = SentenceClauses.Split(text, blockNames);
        ProtocolStep step = sentence.Verb switch
        {
            "Rest" => Rest(sentence, at),
            "Hold" => Hold(sentence, at),
            "Scan" => Scan(sentence, at),
            "Charge" => Current(sentence, at, 1),
            _ => Current(sentence, at, -1),
        };
        return step with { Sentence = text.Trim(), PeriodSeconds = sentence.Period is { } period ? Seconds(period) : null };
    }

    private static OpenCircuitStep Rest(SentenceClauses sentence, SourcePosition at)
    {
        sentence.AllowOnly("for");
        return new OpenCircuitStep(0, at, null, Seconds(sentence.Required("for", "Rest for 30 minutes")));
    }

    private static ConstantCurrentStep Current(SentenceClauses sentence, SourcePosition at, int sign)
    {
        sentence.AllowOnly("at", "for", "until");
        (double? rate, double? amperes, double? perGram) = Flow(sentence.Required("at", $"{sentence.Verb} at 0.1C until {(sign > 0 ? "4.8" : "2.0")} V"));
        double? seconds = sentence.Single("for") is { } duration ? Seconds(duration) : null;
        double? volts = sentence.Single("until") is { } end
            ? SentenceQuantity.Parse(end, $"{VoltageExpected} (the end of a step of constant current)", QuantityKind.Potential).Value
            : null;
        if (seconds is null && volts is null)
        {
            throw new SentenceException("the step has no end", $"add 'until {(sign > 0 ? "4.8" : "2.0")} V', 'for 2 hours', or both joined by 'or'");
        }

        return new ConstantCurrentStep(0, at, null, sign * rate, sign * amperes, seconds, volts) { AmperesPerGram = sign * perGram };
    }

    private static ConstantVoltageStep Hold(SentenceClauses sentence, SourcePosition at)
    {
        sentence.AllowOnly("at", "for", "until");
        double volts = SentenceQuantity.Parse(sentence.Required("at", "Hold at 4.8 V until C/50"), VoltageExpected, QuantityKind.Potential).Value;
        double? seconds = sentence.Single("for") is { } duration ? Seconds(duration) : null;
        (double? rate, double? amperes, double? perGram) = sentence.Single("until") is { } end ? Flow(end) : default;
        if (seconds is null && rate is null && amperes is null && perGram is null)
        {
            throw new SentenceException("the step has no end", "add 'until C/50', 'for 2 hours', or both joined by 'or'");
        }

        return new ConstantVoltageStep(0, at, null, volts, seconds, rate, amperes) { UntilAmperesPerGram = perGram, DirectionOpen = true };
    }

    private static VoltageScanStep Scan(SentenceClauses sentence, SourcePosition at)
    {
        const string example = "Scan from 3.0 V to 4.8 V at 0.1 mV/s";
        sentence.AllowOnly("from", "to", "at");
        double from = SentenceQuantity.Parse(sentence.Required("from", example), VoltageExpected, QuantityKind.Potential).Value;
        double to = SentenceQuantity.Parse(sentence.Required("to", example), VoltageExpected, QuantityKind.Potential).Value;
        double rate = SentenceQuantity.Parse(sentence.Required("at", example), "a scan rate, for example 0.1 mV/s", QuantityKind.ScanRate).Value;
        return from == to ? throw new SentenceException("a scan needs two different voltages")
            : rate <= 0 ? throw new SentenceException("the scan rate must be greater than 0", "the two voltages give the direction")
            : new VoltageScanStep(0, at, null, from, to, rate);
    }

    private static (double? Rate, double? Amperes, double? PerGram) Flow(string text)
    {
        SentenceQuantity found = SentenceQuantity.Parse(text, CurrentExpected, QuantityKind.Rate, QuantityKind.Current, QuantityKind.SpecificCurrent);
        if (found.Value <= 0)
        {
            throw new SentenceException($"the current '{text}' must be greater than 0", "Charge and Discharge say the direction");
        }

        return found.Kind switch
        {
            QuantityKind.Rate => (found.Value, null, null),
            QuantityKind.Current => (null, found.Value, null),
            _ => (null, null, found.Value),
        };
    }

    private static double Seconds(string text)
    {
        double seconds = SentenceQuantity.Parse(text, DurationExpected, QuantityKind.Duration).Value;
        return seconds > 0 ? seconds : throw new SentenceException($"the time '{text}' must be greater than 0");
    }
}
