using System.Globalization;

namespace CellLab.Core.Units;

/// <summary>How figures stand in messages and files: invariant culture, no digits that are noise of a unit conversion.</summary>
public static class QuantityText
{
    /// <summary>At most 12 significant digits.</summary>
    public static string Plain(double value) => Clean(value).ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>At most 5 significant digits, for people.</summary>
    public static string Short(double value) =>
        value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>The value without the noise of a unit conversion (0.30000000000000004 to 0.3).</summary>
    public static double Clean(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Milliamperes(double amperes) => $"{Short(amperes * 1e3)} mA";

    public static string Volts(double volts) => $"{Short(Clean(volts))} V";
}
