using System.Globalization;

namespace CellLab.Core.Units;

/// <summary>How figures stand in messages and files: invariant culture, no digits that are noise of a unit conversion.</summary>
public static class QuantityText
{
    /// <summary>At most 12 significant digits.</summary>
    public static string Plain(double value) => Clean(value).ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>At most 5 significant digits, for people: written out, powers of ten only where there would be rows of zeros.</summary>
    public static string Short(double value)
    {
        string digits = value.ToString("G5", CultureInfo.InvariantCulture);
        return Math.Abs(value) is >= 1e5 and < 1e9 or > 1e-7 and < 1e-4
            ? decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture)
            : digits;
    }

    /// <summary>The value without the noise of a unit conversion (0.30000000000000004 to 0.3).</summary>
    public static double Clean(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>In mA as long as that is what a tester of coin cells would show, else in A.</summary>
    public static string Milliamperes(double amperes) => Math.Abs(amperes) >= 10 ? $"{Short(Clean(amperes))} A" : $"{Short(amperes * 1e3)} mA";

    public static string Volts(double volts) => $"{Short(Clean(volts))} V";
}
