using System.Globalization;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>Literals of a script: whole numbers with an SI prefix, no decimal point.</summary>
internal static class ScriptNumber
{
    private const double Largest = 1 << 27;
    private const double Exact = 1e-7;

    private static readonly (string Prefix, double Factor, bool Divide)[] s_prefixes =
        [("M", 1e6, false), ("k", 1e3, false), ("", 1, false), ("m", 1e3, true), ("u", 1e6, true), ("n", 1e9, true), ("p", 1e12, true), ("f", 1e15, true), ("a", 1e18, true)];

    /// <summary>The coarsest prefix that gives the number to seven digits; else the finest that holds it.</summary>
    public static string Of(double value)
    {
        string text = "0";
        foreach ((string prefix, double factor, bool divide) in s_prefixes)
        {
            double number = Math.Round(divide ? value * factor : value / factor);
            if (Math.Abs(number) > Largest || value == 0)
            {
                return text;
            }

            text = number.ToString("F0", CultureInfo.InvariantCulture) + prefix;
            if (Math.Abs((divide ? number / factor : number * factor) - value) <= Exact * Math.Abs(value))
            {
                return text;
            }
        }

        return text;
    }

    /// <summary>A counting number, which the instrument tells apart from others.</summary>
    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture) + "i";
}
