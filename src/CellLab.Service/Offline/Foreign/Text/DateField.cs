namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Dates with time as instruments write them: year first, or day.month.year, or month/day/year; 24 hours or AM and PM. Read by hand, since a file
/// has one on every row.</summary>
internal static class DateField
{
    private const int MostDigits = 7;

    /// <summary>UNIX seconds, the local time taken for UTC: good for differences, not for the instant.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double unixSeconds)
    {
        unixSeconds = 0;
        Span<int> parts = stackalloc int[6];
        double fraction = 0;
        int count = 0;
        char separator = '\0';
        bool afternoon = text.EndsWith("PM", StringComparison.OrdinalIgnoreCase);
        bool twelve = afternoon || text.EndsWith("AM", StringComparison.OrdinalIgnoreCase);
        for (int at = 0; at < text.Length && char.IsAsciiDigit(text[at]) && count < parts.Length;)
        {
            int end = EndOfDigits(text, at);
            if (end - at > MostDigits)
            {
                return false;
            }

            parts[count++] = int.Parse(text[at..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
            separator = count == 1 && end < text.Length ? text[end] : separator;
            if (count == parts.Length && end + 1 < text.Length && text[end] == '.')
            {
                int last = EndOfDigits(text, end + 1);
                fraction = last > end + 1 ? double.Parse(text[end..last], System.Globalization.CultureInfo.InvariantCulture) : 0;
            }

            at = SkipSeparators(text, end);
        }

        return count >= 3 && TryBuild(parts, separator, twelve, afternoon, fraction, out unixSeconds);
    }

    private static bool TryBuild(Span<int> parts, char separator, bool twelve, bool afternoon, double fraction, out double unixSeconds)
    {
        (int year, int month, int day) = parts[0] > 31 ? (parts[0], parts[1], parts[2])
            : separator == '/' ? (parts[2], parts[0], parts[1])
            : (parts[2], parts[1], parts[0]);
        int hour = twelve ? (parts[3] % 12) + (afternoon ? 12 : 0) : parts[3];
        unixSeconds = 0;
        bool valid = year is >= 1970 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && parts[4] < 60 && parts[5] < 60 && separator is '-' or '/' or '.' or '\u5E74';
        if (valid)
        {
            unixSeconds = (new DateTime(year, month, day, hour, parts[4], parts[5], DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds + fraction;
        }

        return valid;
    }

    private static int EndOfDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipSeparators(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
