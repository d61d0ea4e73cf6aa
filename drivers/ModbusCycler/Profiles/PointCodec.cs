using System.Text;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>Registers to values and back. A bit is one word of 0 or 1.</summary>
internal static class PointCodec
{
    /// <param name="nominal">Value of the point's nominal point, where it has one.</param>
    public static double Value(ProfilePoint point, ReadOnlySpan<ushort> words, double nominal)
    {
        double raw = Raw(point, words);
        return point.FullScale is double full ? raw / full * nominal : raw * point.Scale;
    }

    /// <summary>The number as it stands in the registers, for masks and comparisons.</summary>
    public static double Raw(ProfilePoint point, ReadOnlySpan<ushort> words) => point.Type switch
    {
        PointType.I16 => (short)words[0],
        PointType.U32 => Long(point, words),
        PointType.I32 => (int)Long(point, words),
        PointType.F32 => BitConverter.UInt32BitsToSingle(Long(point, words)),
        _ => words[0],
    };

    /// <summary>Two ASCII characters a register, high byte first, to the first zero.</summary>
    public static string Text(ReadOnlySpan<ushort> words)
    {
        var text = new StringBuilder();
        foreach (ushort word in words)
        {
            text.Append((char)(word >> 8)).Append((char)(word & 0xFF));
        }

        string whole = text.ToString();
        int end = whole.IndexOf('\0', StringComparison.Ordinal);
        return new string([.. (end < 0 ? whole : whole[..end]).Where(c => c is >= ' ' and < '\x7F')]).Trim();
    }

    /// <summary>Null when the value does not fit into the registers or the point's range.</summary>
    public static ushort[]? Encode(ProfilePoint point, double value, double nominal)
    {
        if (!double.IsFinite(value) || value < point.Min || value > point.Max)
        {
            return null;
        }

        double raw = point.FullScale is double full ? value / nominal * full : value / point.Scale;
        return point.Type switch
        {
            PointType.Bit => [(ushort)(value != 0 ? 1 : 0)],
            PointType.F32 => Words(point, BitConverter.SingleToUInt32Bits((float)raw)),
            PointType.U16 => Whole(raw, 0, ushort.MaxValue) is long word ? [(ushort)word] : null,
            PointType.I16 => Whole(raw, short.MinValue, short.MaxValue) is long word ? [(ushort)word] : null,
            PointType.U32 => Whole(raw, 0, uint.MaxValue) is long number ? Words(point, (uint)number) : null,
            PointType.I32 => Whole(raw, int.MinValue, int.MaxValue) is long number ? Words(point, (uint)number) : null,
            _ => null,
        };
    }

    /// <summary>The smallest step of the value.</summary>
    public static double Resolution(ProfilePoint point, double nominal) => point.FullScale is double full ? nominal / full : point.Scale;

    private static long? Whole(double raw, double lowest, double highest)
    {
        double whole = Math.Round(raw, MidpointRounding.AwayFromZero);
        return whole >= lowest && whole <= highest ? (long)whole : null;
    }

    private static uint Long(ProfilePoint point, ReadOnlySpan<ushort> words) =>
        point.LowWordFirst ? words[0] | ((uint)words[1] << 16) : ((uint)words[0] << 16) | words[1];

    private static ushort[] Words(ProfilePoint point, uint value)
    {
        (ushort high, ushort low) = ((ushort)(value >> 16), (ushort)value);
        return point.LowWordFirst ? [low, high] : [high, low];
    }
}
