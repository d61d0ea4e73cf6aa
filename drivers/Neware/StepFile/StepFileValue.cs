using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>SI values to the units of a step file at Scale 1, as <c>&lt;Name Value="..."/&gt;</c>.</summary>
internal static class StepFileValue
{
    private const double TenthMillivoltsPerVolt = 1e4;
    private const double MilliamperesPerAmpere = 1e3;
    private const double MilliampereSecondsPerAmpereHour = 3.6e6;
    private const double MillisecondsPerSecond = 1e3;

    /// <summary>Characters that XML cannot hold become question marks.</summary>
    public static XElement Text(string name, string value) =>
        new(name, new XAttribute("Value", string.Concat(value.EnumerateRunes().Select(Printable))));

    public static XElement Number(string name, double value) => Text(name, Print(value));

    public static XElement? Volts(string name, double? value) => Scaled(name, value, TenthMillivoltsPerVolt);

    public static XElement? Amperes(string name, double? value) => Scaled(name, value, MilliamperesPerAmpere);

    public static XElement? AmpereHours(string name, double? value) => Scaled(name, value, MilliampereSecondsPerAmpereHour);

    public static XElement? Seconds(string name, double? value) => Scaled(name, value, MillisecondsPerSecond);

    public static XElement? Rate(string name, double? value) => Scaled(name, value, 1.0);

    public static string PrintVolts(double value) => Print(value * TenthMillivoltsPerVolt);

    public static string PrintMillivolts(double value) => Print(value * 1e3);

    private static XElement? Scaled(string name, double? value, double scale) => value is null ? null : Number(name, value.Value * scale);

    /// <summary>Nine decimals keep a picoampere in mA and hide the last binary digits of a product.</summary>
    private static string Print(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Printable(Rune rune) => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "?" : rune.ToString();
}
