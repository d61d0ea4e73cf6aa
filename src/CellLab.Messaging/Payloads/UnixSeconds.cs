using System.Buffers.Text;
using System.Text.Json;

namespace CellLab.Messaging.Payloads;

/// <summary>Times as UNIX seconds with up to seven decimals: exact to the tick, which a double would not be (2^53 ticks passed in 1998).</summary>
public static class UnixSeconds
{
    private const int Decimals = 7;
    private const decimal Earliest = -62_135_596_800m; // the first and last second of DateTimeOffset
    private const decimal Latest = 253_402_300_799m;

    public static void Write(Utf8JsonWriter writer, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[32];
        writer.WriteRawValue(text[..Format(time, text)], skipInputValidation: true);
    }

    /// <exception cref="FormatException">No number in the range of <see cref="DateTimeOffset"/>.</exception>
    public static DateTimeOffset Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out decimal seconds) || seconds is < Earliest or > Latest)
        {
            throw new FormatException($"expected UNIX seconds, found {value.GetRawText()}");
        }

        return DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Round(seconds * TimeSpan.TicksPerSecond));
    }

    private static int Format(DateTimeOffset time, Span<byte> text)
    {
        long ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        int at = 0;
        if (ticks < 0)
        {
            text[at++] = (byte)'-';
            ticks = -ticks;
        }

        (long seconds, long fraction) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        Utf8Formatter.TryFormat(seconds, text[at..], out int written);
        at += written;
        return fraction == 0 ? at : at + FormatFraction(fraction, text[at..]);
    }

    private static int FormatFraction(long fraction, Span<byte> text)
    {
        text[0] = (byte)'.';
        for (int digit = Decimals; digit >= 1; digit--)
        {
            (fraction, long last) = Math.DivRem(fraction, 10);
            text[digit] = (byte)('0' + last);
        }

        int length = Decimals + 1;
        while (text[length - 1] == '0')
        {
            length--;
        }

        return length;
    }
}
