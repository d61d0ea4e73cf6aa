using System.Globalization;

namespace CellLab.Core.Units;

/// <summary>Reads quantities as people type them: a number directly or after a blank followed by its unit (<c>15.1mg</c>, <c>2 g</c>).
/// The unit is never guessed. Unit letters are case sensitive where case changes the meaning (mA, MA); <c>µ</c> may be written <c>u</c>.</summary>
public static class QuantityParser
{
    /// <exception cref="FormatException">Not a mass; the message says what was expected.</exception>
    public static double Milligrams(string text) => Parse(text, UnitTable.Mass);

    /// <exception cref="FormatException">Not a length.</exception>
    public static double Millimetres(string text) => Parse(text, UnitTable.Length);

    /// <exception cref="FormatException">Not a voltage.</exception>
    public static double Volts(string text) => Parse(text, UnitTable.Potential);

    /// <exception cref="FormatException">Not a current.</exception>
    public static double Amperes(string text) => Parse(text, UnitTable.Flow);

    /// <summary>A capacity per mass (mAh/g) or of the whole cell (mAh).</summary>
    /// <exception cref="FormatException">Neither of both.</exception>
    public static CapacityQuantity Capacity(string text)
    {
        (double value, string unit) = Split(text, UnitTable.CapacityExpected);
        if (UnitTable.SpecificCapacity.TryGetValue(unit, out double specific))
        {
            return new CapacityQuantity(value * specific, null);
        }

        return UnitTable.Capacity.TryGetValue(unit, out double whole)
            ? new CapacityQuantity(null, value * whole)
            : throw Unknown(text, unit, UnitTable.CapacityExpected);
    }

    /// <summary>A share between 0 and 1: <c>0.80</c>, or <c>80%</c>.</summary>
    /// <exception cref="FormatException">Not a number, or not above 0 and at most 1.</exception>
    public static double Fraction(string text)
    {
        const string expected = "a share between 0 and 1, for example 0.80, or 80%";
        (double value, string unit) = Split(text, expected);
        double share = unit switch { "" => value, "%" => value / 100, _ => throw Unknown(text, unit, expected) };
        return share is > 0 and <= 1 ? share : throw new FormatException($"'{text}' is not {expected}");
    }

    /// <summary>Two voltages, low to high, unit at the end: <c>2.5-3.6V</c>.</summary>
    /// <exception cref="FormatException">Not a range, or not in rising order.</exception>
    public static (double Low, double High) VoltRange(string text)
    {
        const string expected = "a voltage range, for example 2.5-3.6V";
        int dash = text.Length > 1 ? text.IndexOf('-', 1) : -1;
        if (dash < 0)
        {
            throw new FormatException($"'{text}' is not {expected}");
        }

        double high = Volts(text[(dash + 1)..]);
        string lowText = text[..dash].Trim();
        double low = char.IsLetter(lowText.LastOrDefault()) ? Volts(lowText) : Volts(lowText + UnitOf(text));
        return low < high ? (low, high) : throw new FormatException($"'{text}' is not {expected}: the first voltage must be the lower one");
    }

    private static string UnitOf(string text) => string.Concat(text.SkipWhile(c => !char.IsLetter(c)));

    private static double Parse(string text, UnitKind kind)
    {
        (double value, string unit) = Split(text, kind.Expected);
        return kind.Factors.TryGetValue(unit, out double factor) ? QuantityText.Clean(value * factor) : throw Unknown(text, unit, kind.Expected);
    }

    private static (double Value, string Unit) Split(string text, string expected)
    {
        string trimmed = text.Trim();
        int length = trimmed.Length;
        while (length > 0)
        {
            if (double.TryParse(trimmed.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value) && char.IsAsciiDigit(LastOf(trimmed, length)))
            {
                return (value, trimmed[length..].Trim().Replace('µ', 'u').Replace('μ', 'u'));
            }

            length--;
        }

        string comma = trimmed.Contains(',', StringComparison.Ordinal) ? "; write a point for the decimals" : "";
        throw new FormatException($"'{text}' is not {expected}{comma}");
    }

    private static char LastOf(string text, int length)
    {
        string number = text[..length].TrimEnd();
        return number.Length == 0 ? ' ' : number[^1] == '.' && number.Length > 1 ? number[^2] : number[^1];
    }

    private static FormatException Unknown(string text, string unit, string expected) => new(
        unit.Length == 0 ? $"'{text}' has no unit; expected {expected}"
        : unit[0] == ',' ? $"'{text}' is not {expected}; write a point for the decimals"
        : $"'{text}' has the unit '{unit}'; expected {expected}");
}
