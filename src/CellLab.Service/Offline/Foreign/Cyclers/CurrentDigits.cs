using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Currents written with one or two digits (0.0003 A) cannot be integrated to better than some percent.</summary>
internal static class CurrentDigits
{
    private const int SampledRows = 2_000;
    private const int Enough = 3;

    public static void Report(ForeignTable table, FindingLog log)
    {
        if (table is not DelimitedTable delimited)
        {
            return;
        }

        int most = 0;
        long first = -1;
        string shown = "";
        foreach ((long row, string text) in delimited.Texts(Quantity.Amperes).Take(SampledRows))
        {
            int digits = DigitsOf(text);
            if (digits > 0 && first < 0)
            {
                (first, shown) = (row, text);
            }

            most = Math.Max(most, digits);
        }

        if (most is > 0 and < Enough)
        {
            log.Warning(ForeignCodes.FewDigits, first, table.NameOf(Quantity.Amperes), string.Create(CultureInfo.InvariantCulture,
                $"row {first}: currents are written with {most} significant {(most == 1 ? "digit" : "digits")} ('{shown}'); their integral is no better than that"));
        }
    }

    /// <summary>Significant digits as written; 0 for a current of zero.</summary>
    private static int DigitsOf(string text)
    {
        int exponent = text.IndexOfAny(['e', 'E']);
        string digits = string.Concat((exponent < 0 ? text : text[..exponent]).Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.All(digit => digit == '0') ? 0 : digits.Length;
    }
}
