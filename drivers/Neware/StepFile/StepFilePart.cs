using System.Globalization;
using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Divides what a protocol has no words for into what decides how a step runs or ends (conditions, protections, unknown ends) and what does not
/// (a current range, members that count for nothing), and says both in words. A member that is not known is taken for a deciding one.</summary>
internal sealed class StepFilePart
{
    private static readonly string[] Harmless = ["Rate", "Stop_Rate", "Curr"]; // a rate beside a current, a starting current

    private readonly List<string> _deciding = [];
    private readonly List<string> _settings = [];

    /// <param name="rest">What is left of the step's element (<see cref="StepFileDifference.Rest"/>).</param>
    /// <param name="written">What is written for the step without it.</param>
    public static InstrumentPart Of(int number, XElement? rest, XElement? written, string absent)
    {
        var part = new StepFilePart();
        XElement? deciding = rest is null ? null : part.Deciding(rest, written, "");
        return new InstrumentPart(NewareStepFile.Format, number)
        {
            Deciding = deciding is null ? null : Text(deciding),
            DecidingText = part._deciding.Count == 0 ? null : string.Join(", ", part._deciding),
            Settings = rest is null || !(rest.HasElements || rest.HasAttributes) ? null : Text(rest),
            SettingsText = part._settings.Count == 0 ? null : string.Join(", ", part._settings),
            Absent = absent.Length == 0 ? null : absent,
        };
    }

    public static string Text(XElement element) => element.ToString(SaveOptions.DisableFormatting);

    /// <summary>The value counts: it is selected and not 0.</summary>
    public static bool Counts(XElement leaf) => leaf.Attribute("Value") is { } value && leaf.Attribute("Is_Select")?.Value != "0"
        && !(double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number == 0);

    /// <summary>Takes the deciding elements out of <paramref name="rest"/>; null when there are none.</summary>
    private XElement? Deciding(XElement rest, XElement? written, string path)
    {
        var deciding = new XElement(rest.Name);
        foreach (XElement child in rest.Elements().ToArray())
        {
            string name = path + child.Name.LocalName;
            XElement? own = written?.Element(child.Name);
            if (name is "Limit" or "Limit/Main" or "Limit/Other")
            {
                bool held = child.HasElements || child.HasAttributes;
                deciding.Add(Deciding(child, own, name + "/"));
                if (held && !child.HasElements && !child.HasAttributes)
                {
                    child.Remove();
                }
            }
            else if (Judge(child, own, name) is { } words)
            {
                _deciding.Add(words);
                child.Remove();
                deciding.Add(child);
            }
        }

        if (path == "Limit/Other/" && deciding.HasElements)
        {
            deciding.Add(rest.Attributes());
            rest.RemoveAttributes();
        }

        return deciding.HasElements ? deciding : null;
    }

    /// <summary>A deciding element in words; null for a setting.</summary>
    private string? Judge(XElement child, XElement? own, string path)
    {
        string name = child.Name.LocalName;
        if (path is "Protect" or "AdvancedPrt")
        {
            return Protection(child, name == "Protect");
        }

        if (path.StartsWith("Limit/Other/", StringComparison.Ordinal) && name.StartsWith("Cnd", StringComparison.Ordinal))
        {
            return ConditionText.Of(child);
        }

        if (!Counts(child) || path.StartsWith("Record", StringComparison.Ordinal) || own is not null)
        {
            return null;
        }

        string words = name switch
        {
            "Step_Range" => $"its current range {Milliamperes(child)}",
            "Curr" => $"its starting current {Milliamperes(child)}",
            _ => $"its {name} {child.Attribute("Value")!.Value}",
        };
        if (path.StartsWith("Limit/", StringComparison.Ordinal) && name != "Step_Range" && !Harmless.Contains(name))
        {
            return words;
        }

        if (name is not ("Rate" or "Stop_Rate"))
        {
            _settings.Add(words);
        }

        return null;
    }

    private static string? Protection(XElement child, bool named)
    {
        XElement[] values = [.. child.Descendants().Where(Counts)];
        return !named && child.HasElements ? "its advanced protection"
            : values.Length == 0 ? null
            : $"its own protection ({string.Join(", ", values.Select(value => $"{value.Parent!.Name.LocalName}/{value.Name.LocalName} {value.Attribute("Value")!.Value}"))})";
    }

    private static string Milliamperes(XElement leaf) => StepFileNotes.Plain(leaf.Attribute("Value")) is { } number
        ? QuantityText.Milliamperes(number * 1e-3) : $"{leaf.Attribute("Value")!.Value} mA";
}
