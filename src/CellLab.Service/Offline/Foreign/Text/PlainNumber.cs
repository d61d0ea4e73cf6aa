using System.Runtime.CompilerServices;

namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>Numbers as instruments write nearly all of theirs: digits, perhaps a point and a minus. Whole numbers to 2^53 and powers of ten to 10^22 are exact as
/// double, so that one division of the two is rounded once and gives the same bits as an exact reading of the decimal (W. D. Clinger, PLDI 1990).</summary>
internal static class PlainNumber
{
    private const int MostDigits = 19;
    private const int LargestPower = 22;
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] s_powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <returns>False for whatever is written otherwise or has more digits: it may be a number all the same.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        ulong digits = 0;
        int count = 0, point = -1;
        for (int at = negative ? 1 : 0; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9 && count < MostDigits)
            {
                digits = (10 * digits) + digit;
                count++;
            }
            else if (text[at] == '.' && point < 0)
            {
                point = count;
            }
            else
            {
                return false;
            }
        }

        if (count == 0 || digits > LargestExact)
        {
            return false;
        }

        double whole = point < 0 ? digits : digits / s_powers[count - point];
        value = negative ? -whole : whole;
        return true;
    }

    /// <summary>Takes a number off a text that goes on behind it, and says by <paramref name="at"/> where it ends.</summary>
    /// <param name="text">Ends with a byte that belongs to no number.</param>
    /// <param name="point">A comma where that stands for the point, else the point.</param>
    /// <returns>False for whatever is written otherwise or has more digits; what ends the number is for the caller to judge.</returns>
    public static bool TryTake(ReadOnlySpan<byte> text, ref int at, byte point, out double value)
    {
        int place = at;
        bool negative = text[place] == '-';
        place += negative ? 1 : 0;
        int first = place;
        ulong digits = TakeDigits(text, ref place, 0);
        int count = place - first, decimals = 0;
        if (text[place] == '.' || text[place] == point)
        {
            int behind = ++place;
            digits = TakeDigits(text, ref place, digits);
            decimals = place - behind;
            count += decimals;
        }

        int power = -decimals;
        bool plain = count is > 0 and <= MostDigits && digits <= LargestExact && ((text[place] | 0x20) != 'e' || TryTakePower(text, ref place, ref power));
        double size = power <= 0 ? digits / s_powers[plain ? -power : 0] : digits * s_powers[plain ? power : 0];
        value = negative ? -size : size;
        at = place;
        return plain;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // twice a number
    private static ulong TakeDigits(ReadOnlySpan<byte> text, ref int at, ulong digits)
    {
        int place = at;
        for (uint digit = (uint)(text[place] - '0'); digit <= 9; digit = (uint)(text[place] - '0'))
        {
            digits = (10 * digits) + digit;
            place++;
        }

        at = place;
        return digits;
    }

    /// <summary>An exponent such as <c>E-05</c>. One product or quotient of two exact numbers is rounded once.</summary>
    private static bool TryTakePower(ReadOnlySpan<byte> text, ref int at, ref int power)
    {
        int place = at + 1;
        bool negative = text[place] == '-';
        place += negative || text[place] == '+' ? 1 : 0;
        int first = place;
        ulong exponent = TakeDigits(text, ref place, 0);
        if (place == first || place - first > 3)
        {
            return false;
        }

        at = place;
        power += negative ? -(int)exponent : (int)exponent;
        return Math.Abs(power) <= LargestPower;
    }
}
