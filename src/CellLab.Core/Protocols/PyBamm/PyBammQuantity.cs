using System.Globalization;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>What a value of a PyBaMM sentence is measured in.</summary>
internal enum PyBammUnit { CRate, Ampere, Volt, Watt, Ohm }

/// <summary>A value of a sentence in SI; C-rates as multiples of 1C.</summary>
internal readonly record struct PyBammQuantity(double Value, PyBammUnit Unit)
{
    public const string Expected = "a value with its unit, such as C/20, 0.05C, 1 C, 25 mA or 4.8 V";

    private const double Milli = 1e-3;

    /// <summary><c>"C/" number | number [blank] unit</c>, an <c>m</c> before any unit.</summary>
    public static bool TryParse(string text, out PyBammQuantity quantity)
    {
        quantity = default;
        if (text.StartsWith("C/", StringComparison.Ordinal))
        {
            bool good = TryNumber(text[2..], out double divisor) && divisor != 0 && double.IsFinite(1 / divisor);
            quantity = new PyBammQuantity(good ? 1 / divisor : 0, PyBammUnit.CRate);
            return good;
        }

        (string number, string unit) = Split(text);
        bool milli = unit.Length > 1 && unit[0] == 'm';
        if (!TryNumber(number, out double value) || UnitOf(milli ? unit[1..] : unit) is not { } known)
        {
            return false;
        }

        quantity = new PyBammQuantity(milli ? value * Milli : value, known);
        return true;
    }

    /// <summary>The number and the letters after it, with at most one blank between them taken away.</summary>
    public static (string Number, string Unit) Split(string text)
    {
        int start = text.Length;
        while (start > 0 && char.IsAsciiLetter(text[start - 1]))
        {
            start--;
        }

        int end = start > 0 && text[start - 1] == ' ' ? start - 1 : start;
        return (text[..end], text[start..]);
    }

    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    private static PyBammUnit? UnitOf(string text) => text switch
    {
        "C" => PyBammUnit.CRate,
        "A" => PyBammUnit.Ampere,
        "V" => PyBammUnit.Volt,
        "W" => PyBammUnit.Watt,
        "Ohm" => PyBammUnit.Ohm,
        _ => null,
    };
}
