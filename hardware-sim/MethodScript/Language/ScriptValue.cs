using System.Globalization;

namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>A number of a script with what the instrument knows about it.</summary>
/// <param name="Type">Two letters; <c>aa</c> unknown.</param>
/// <param name="Status">Bits of the package's status; null for what was not measured.</param>
internal readonly record struct ScriptValue(double Number, bool Integer, string Type = "aa", int? Status = null, int? Range = null)
{
    private const string Prefixes = "afpnum kMGTPE";

    /// <summary>A literal: whole number with an optional SI prefix, <c>i</c>, or <c>0x</c>, <c>0b</c>. Decimal points are not known.</summary>
    public static ScriptValue? TryLiteral(string text)
    {
        ReadOnlySpan<char> digits = text;
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) ? new ScriptValue(hex, true) : null;
        }

        if (text.StartsWith("0b", StringComparison.Ordinal))
        {
            return long.TryParse(digits[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out long bits) ? new ScriptValue(bits, true) : null;
        }

        char last = text.Length > 0 ? text[^1] : ' ';
        bool integer = last == 'i';
        int power = integer || char.IsAsciiDigit(last) ? 6 : Prefixes.IndexOf(last, StringComparison.Ordinal);
        if (!char.IsAsciiDigit(last))
        {
            digits = digits[..^Math.Min(1, digits.Length)];
        }

        return power >= 0 && last != ' ' && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? new ScriptValue(Scaled(number, (power - 6) * 3), integer)
            : null;
    }

    private static double Scaled(long number, int exponent) =>
        exponent >= 0 ? number * Math.Pow(10, exponent) : number / Math.Pow(10, -exponent);
}
