using System.Globalization;
using System.Xml.Linq;

namespace CellLab.HardwareSim.Neware.Program;

/// <summary>Reading <c>&lt;Name Value="..."/&gt;</c> of a step file. Units of the file: 0.1 mV, mA, ms, mA s.</summary>
internal static class StepXml
{
    public static double? Number(this XElement? parent, string name) => parent?.Element(name).Value();

    public static double? Value(this XElement? element)
    {
        string? text = (string?)element?.Attribute("Is_Select") == "0" ? null : (string?)element?.Attribute("Value");
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new BtsProgramException($"{element!.Parent?.Parent?.Name}/{element.Parent?.Name}/{element.Name}: '{text}' is not a number");
    }

    public static double? Volts(this XElement? parent, string name) => parent.Number(name) * 1e-4;

    public static double? Seconds(this XElement? parent, string name) => parent.Number(name) * 1e-3;

    public static int Whole(this XElement element, string attribute) =>
        int.TryParse((string?)element.Attribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new BtsProgramException($"{element.Name}: attribute {attribute} is missing or not a whole number");
}
