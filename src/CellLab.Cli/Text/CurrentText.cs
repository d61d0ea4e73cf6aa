using System.Globalization;

namespace CellLab.Cli.Text;

/// <summary>A current in the unit that a person would choose; the sign says charge (+) or discharge (-).</summary>
internal static class CurrentText
{
    public static string Of(double amperes) => Math.Abs(amperes) switch
    {
        0 => "0 A",
        < 1e-4 => Format(amperes * 1e6, "uA"),
        < 1 => Format(amperes * 1e3, "mA"),
        _ => Format(amperes, "A"),
    };

    private static string Format(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:+0.###;-0.###} {unit}");
}
