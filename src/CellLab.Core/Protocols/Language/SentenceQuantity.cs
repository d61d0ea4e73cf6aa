using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols.Language;

internal enum QuantityKind { Rate, Current, SpecificCurrent, Potential, Duration, ScanRate, Power, Resistance, Capacity, SpecificCapacity }

/// <summary>A number with its unit in a sentence, SI (V, A, A/g, s, V/s, W, Ohm; Ah and Ah/g) or a multiple of 1C.</summary>
internal readonly partial record struct SentenceQuantity(QuantityKind Kind, double Value)
{
    private static readonly Dictionary<string, (QuantityKind Kind, double Factor)> Units = new(StringComparer.Ordinal)
    {
        ["C"] = (QuantityKind.Rate, 1),
        ["A"] = (QuantityKind.Current, 1), ["mA"] = (QuantityKind.Current, 1e-3), ["uA"] = (QuantityKind.Current, 1e-6),
        ["A/g"] = (QuantityKind.SpecificCurrent, 1), ["mA/g"] = (QuantityKind.SpecificCurrent, 1e-3),
        ["V"] = (QuantityKind.Potential, 1), ["mV"] = (QuantityKind.Potential, 1e-3),
        ["V/s"] = (QuantityKind.ScanRate, 1), ["mV/s"] = (QuantityKind.ScanRate, 1e-3), ["uV/s"] = (QuantityKind.ScanRate, 1e-6),
        ["V/h"] = (QuantityKind.ScanRate, 1 / 3600.0), ["mV/h"] = (QuantityKind.ScanRate, 1e-3 / 3600), ["uV/h"] = (QuantityKind.ScanRate, 1e-6 / 3600),
        ["mV/min"] = (QuantityKind.ScanRate, 1e-3 / 60), ["uV/min"] = (QuantityKind.ScanRate, 1e-6 / 60),
        ["W"] = (QuantityKind.Power, 1), ["mW"] = (QuantityKind.Power, 1e-3), ["uW"] = (QuantityKind.Power, 1e-6),
        ["Ohm"] = (QuantityKind.Resistance, 1), ["mOhm"] = (QuantityKind.Resistance, 1e-3), ["kOhm"] = (QuantityKind.Resistance, 1e3),
        ["Ah"] = (QuantityKind.Capacity, 1), ["mAh"] = (QuantityKind.Capacity, 1e-3), ["uAh"] = (QuantityKind.Capacity, 1e-6),
        ["Ah/g"] = (QuantityKind.SpecificCapacity, 1), ["mAh/g"] = (QuantityKind.SpecificCapacity, 1e-3),
        ["s"] = (QuantityKind.Duration, 1), ["sec"] = (QuantityKind.Duration, 1), ["second"] = (QuantityKind.Duration, 1),
        ["seconds"] = (QuantityKind.Duration, 1), ["m"] = (QuantityKind.Duration, 60), ["min"] = (QuantityKind.Duration, 60),
        ["minute"] = (QuantityKind.Duration, 60), ["minutes"] = (QuantityKind.Duration, 60), ["h"] = (QuantityKind.Duration, 3600),
        ["hr"] = (QuantityKind.Duration, 3600), ["hour"] = (QuantityKind.Duration, 3600), ["hours"] = (QuantityKind.Duration, 3600),
        ["day"] = (QuantityKind.Duration, 86400), ["days"] = (QuantityKind.Duration, 86400),
    };

    private static readonly string[] NotAvailable = ["W/g", "mW/g", "Wh", "mWh", "Wh/kg"];

    /// <exception cref="SentenceException">It is not a quantity of one of these kinds.</exception>
    public static SentenceQuantity Parse(string text, string expected, params ReadOnlySpan<QuantityKind> kinds)
    {
        SentenceQuantity quantity = Parse(text, expected);
        return kinds.Contains(quantity.Kind) ? quantity : throw new SentenceException($"found '{text}', expected {expected}");
    }

    private static SentenceQuantity Parse(string text, string expected)
    {
        string plain = text.Trim().Replace('µ', 'u').Replace('μ', 'u');
        if (plain.Contains('/', StringComparison.Ordinal) && Fraction().IsMatch(plain) && RateText.TryParse(plain, out double rate))
        {
            return new SentenceQuantity(QuantityKind.Rate, rate);
        }

        Match match = Number().Match(plain);
        if (!match.Success || !double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            throw new SentenceException($"'{text}' is not a quantity, expected {expected}", DecimalComma(plain) ?? StrayHint(plain), StrayOffset(plain));
        }

        string unit = match.Groups[2].Value;
        return Units.TryGetValue(unit, out (QuantityKind Kind, double Factor) known)
            ? new SentenceQuantity(known.Kind, QuantityText.Clean(number * known.Factor))
            : throw UnknownUnit(text, unit, expected);
    }

    private static SentenceException UnknownUnit(string text, string unit, string expected)
    {
        if (unit.Length == 0)
        {
            return new SentenceException($"'{text}' has no unit, expected {expected}");
        }

        if (NotAvailable.Contains(unit))
        {
            return new SentenceException($"'{text}': {unit} is not available here, expected {expected}");
        }

        string? meant = Units.Keys.FirstOrDefault(known => known.Equals(unit, StringComparison.OrdinalIgnoreCase));
        return new SentenceException($"'{text}' has the unknown unit '{unit}', expected {expected}",
            meant is not null ? $"did you mean '{meant}'?" : DecimalComma(unit) ?? StrayHint(unit) ?? NearUnit(unit), StrayOffset(text));
    }

    private static string? NearUnit(string unit) =>
        unit.Length > 2 && NearMiss.Find(unit, Units.Keys.Where(known => known.Length > 2)) is { } meant ? $"did you mean '{meant}'?" : null;

    private static string? DecimalComma(string text) => text.Contains(',', StringComparison.Ordinal) ? "write a point for the decimals" : null;

    /// <summary>A misspelt joining word that was taken for a part of the quantity.</summary>
    private static (string Word, string Meant)? StrayWord(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length > 2 && word.All(char.IsAsciiLetter) && !Units.ContainsKey(word))
        .Select(word => NearMiss.Find(word, SentenceClauses.JoiningWords) is { } meant ? (word, meant) : ((string, string)?)null)
        .FirstOrDefault(found => found is not null);

    private static string? StrayHint(string text) => StrayWord(text) is { } stray ? $"did you mean '{stray.Meant}' instead of '{stray.Word}'?" : null;

    private static int? StrayOffset(string text) => StrayWord(text) is { } stray ? text.IndexOf(stray.Word, StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    /// <summary><c>C/10</c>, <c>3C/10</c>, <c>1 C / 20</c>.</summary>
    [GeneratedRegex(@"^[-+0-9.\s]*C\s*/\s*[0-9.]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
