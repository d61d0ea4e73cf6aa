using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Takes values out of a step file and collects what is wrong with them, each with its place.</summary>
internal sealed class StepFileNotes(string file)
{
    private const double TenthMillivoltsPerVolt = 1e4;
    private const double MilliamperesPerAmpere = 1e3;
    private const double MilliampereSecondsPerAmpereHour = 3.6e6;
    private const double MillisecondsPerSecond = 1e3;

    public List<Finding> Errors { get; } = [];

    public List<Finding> Warnings { get; } = [];

    /// <summary>What capacities of the file are multiplied by.</summary>
    public double Scale { get; set; } = 1;

    public static SourcePosition PlaceOf(XObject node) =>
        node is IXmlLineInfo place && place.HasLineInfo() ? new SourcePosition(place.LineNumber, place.LinePosition) : default;

    public void Refuse(XObject node, string message, string? hint = null) => Errors.Add(At(node, message, hint));

    public void Warn(XObject node, string message, string? hint = null) => Warnings.Add(At(node, message, hint));

    public void Lost(XObject node, string what, string? hint = null) => Warn(node, $"not carried over: {what}", hint);

    public double? Volts(XElement? parent, string name) => Scaled(Number(parent, name), TenthMillivoltsPerVolt);

    public double? Amperes(XElement? parent, string name) => Scaled(Number(parent, name), MilliamperesPerAmpere);

    /// <summary>A time, or null where it is absent or 0, which means none.</summary>
    public double? Seconds(XElement? parent, string name) => Number(parent, name) is { } time and > 0 ? Scaled(time, MillisecondsPerSecond) : null;

    public double? AmpereHours(XElement? parent, string name) =>
        Scaled(Number(parent, name), MilliampereSecondsPerAmpereHour * Scale);

    /// <summary>The attribute <c>Value</c> of a child; null when it is absent or not selected, with an error when it is no number.</summary>
    public double? Number(XElement? parent, string name)
    {
        if (parent?.Element(name) is not { } element || element.Attribute("Is_Select")?.Value == "0" || element.Attribute("Value") is not { } value)
        {
            return null;
        }

        return Number(value, name);
    }

    public double? Number(XAttribute? attribute, string name)
    {
        if (attribute is null)
        {
            return null;
        }

        if (double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        Refuse(attribute, $"{name} is '{attribute.Value}', expected a number");
        return null;
    }

    /// <summary>A number that was or will be checked elsewhere; null when it is none.</summary>
    public static double? Plain(XAttribute? attribute) =>
        double.TryParse(attribute?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>A whole number of at least 1; null and an error otherwise.</summary>
    public int? Count(XElement step, XElement? parent, string name)
    {
        double? number = Number(parent, name);
        if (number is >= 1 and <= int.MaxValue && number == Math.Floor(number.Value))
        {
            return (int)number;
        }

        Refuse(parent?.Element(name) ?? step, $"{name} is {(number is { } found ? found.ToString(CultureInfo.InvariantCulture) : "missing")}, expected a whole number of at least 1");
        return null;
    }

    /// <summary>Without the noise of the division.</summary>
    private static double? Scaled(double? number, double unitsPerOne) => number is { } value ? QuantityText.Clean(value / unitsPerOne) : null;

    private Finding At(XObject node, string message, string? hint)
    {
        SourcePosition at = PlaceOf(node);
        return new Finding(file, at.Line, at.Column, message, hint);
    }
}
