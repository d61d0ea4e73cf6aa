using System.Globalization;

namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Numbers, durations and dates as files write them. Everything is read with the invariant culture; a decimal comma is said by the layout.</summary>
internal static class FieldValue
{
    private const int LongestClock = 64;

    /// <summary>A finite number. <paramref name="decimalComma"/>: a comma stands for the point.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        if (PlainNumber.TryRead(text, out value))
        {
            return true;
        }

        if (decimalComma && text.Contains(',') && text.Length < 64)
        {
            Span<char> pointed = stackalloc char[text.Length];
            text.Replace(pointed, ',', '.');
            return double.TryParse(pointed, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Seconds from <c>H:M:S[.fff]</c> (hours without limit), <c>M:S</c>, <c>D-H:M:S</c> or <c>D d H:M:S</c>. Seconds may have a comma for the point.</summary>
    public static bool TryClock(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        if (text.Contains(',') && text.Length <= LongestClock)
        {
            Span<char> pointed = stackalloc char[text.Length];
            text.Replace(pointed, ',', '.');
            return TryClock(pointed, out seconds);
        }

        double days = 0;
        int cut = text.IndexOfAny("-d ");
        if (cut > 0 && cut < text.Length - 1)
        {
            if (!double.TryParse(text[..cut], NumberStyles.None, CultureInfo.InvariantCulture, out days))
            {
                return false;
            }

            text = text[(cut + 1)..].Trim("- d");
        }

        int parts = 0;
        foreach (Range part in text.Split(':'))
        {
            parts++;
            if (parts > 3 || !double.TryParse(text[part], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
            {
                return false;
            }

            seconds = (seconds * 60) + value;
        }

        seconds += days * 86400;
        return parts >= 2;
    }
}
