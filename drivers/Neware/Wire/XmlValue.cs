using System.Buffers.Text;
using System.Text;

namespace CellLab.Drivers.Neware.Wire;

/// <summary>Numbers and times as the BTS writes them: decimal point, <c>--</c> for no value.</summary>
internal static class XmlValue
{
    private const int LengthOfTime = 19;

    public static double Number(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out double number, out int used) && used == value.Length && double.IsFinite(number)
            ? number
            : throw Broken(name, value, "a number");

    public static double? NumberOrNone(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => IsNone(value) ? null : Number(name, value);

    public static long Integer(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long number, out int used) && used == value.Length ? number : throw Broken(name, value, "a whole number");

    public static int SmallInteger(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        long number = Integer(name, value);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Broken(name, value, "a smaller number");
    }

    public static int? SmallIntegerOrNone(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => IsNone(value) ? null : SmallInteger(name, value);

    /// <summary><c>2025-12-28 22:29:05</c>, local time of the BTS PC.</summary>
    public static DateTime LocalTime(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length < LengthOfTime || value[4] != '-' || value[7] != '-' || value[13] != ':' || value[16] != ':')
        {
            throw Broken(name, value, "a time like 2025-12-28 22:29:05");
        }

        (int year, int month, int day) = (Digits(value[..4]), Digits(value[5..7]), Digits(value[8..10]));
        (int hour, int minute, int second) = (Digits(value[11..13]), Digits(value[14..16]), Digits(value[17..19]));
        bool sound = year is >= 1970 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60;
        return sound ? new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified) : throw Broken(name, value, "a possible time");
    }

    private static bool IsNone(ReadOnlySpan<byte> value) => value.IsEmpty || value.SequenceEqual("--"u8);

    private static int Digits(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static NewareFormatException Broken(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, string expected) =>
        new($"{Encoding.UTF8.GetString(name)}=\"{Encoding.UTF8.GetString(value[..Math.Min(40, value.Length)])}\" is not {expected}");
}
