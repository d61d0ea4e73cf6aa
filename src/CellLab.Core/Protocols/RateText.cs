using System.Globalization;

namespace CellLab.Core.Protocols;

/// <summary>C-rates as text: a number, <c>n/m</c>, <c>C/5</c> (0.2), <c>D/2</c> (discharge, -0.5), <c>3D/3</c>, <c>1.23e3 C / 1.23e4</c>;
/// blanks anywhere but in a plain number.</summary>
public static class RateText
{
    public const string Expected = "a number, or a fraction such as C/5, 3C/10, D/2 (D = discharge)";

    public static bool TryParse(string text, out double rateC)
    {
        string[] parts = text.Split('/');
        if (parts.Length == 1)
        {
            return TryNumber(text.Trim(), out rateC);
        }

        rateC = 0;
        if (parts.Length != 2 || !TryNumerator(WithoutBlanks(parts[0]), out double numerator)
            || !TryNumber(WithoutBlanks(parts[1]), out double denominator) || denominator == 0)
        {
            return false;
        }

        rateC = numerator / denominator;
        return double.IsFinite(rateC);
    }

    /// <summary>At most one C or D, at any place; without a number it counts 1.</summary>
    private static bool TryNumerator(string text, out double value)
    {
        int letters = text.Count(c => c is 'C' or 'D');
        double sign = text.Contains('D', StringComparison.Ordinal) ? -1 : 1;
        string digits = text.Replace("C", "", StringComparison.Ordinal).Replace("D", "", StringComparison.Ordinal);
        bool bare = letters == 1 && digits.Length == 0;
        value = 1;
        bool good = letters <= 1 && (bare || TryNumber(digits, out value));
        value *= sign;
        return good;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string WithoutBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
