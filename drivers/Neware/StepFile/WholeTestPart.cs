using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>What a step file says about the whole test beyond the words of a protocol: head, protections by auxiliary channels, the bus of a battery, and
/// what its end step holds.</summary>
internal static class WholeTestPart
{
    /// <summary>Name of the end step's element within the part.</summary>
    public const string End = "End";

    /// <summary>A protocol has words for them, or a new file new ones.</summary>
    private static readonly string[] OwnWords = ["Remark", "MultCap", "Scale"];

    public static InstrumentPart Of(XElement config, Protocol protocol, XElement end)
    {
        XElement plain = Plain(config, end);
        XElement written = Written(protocol);
        XElement rest = StepFileDifference.Rest(plain, written) ?? new XElement("config");
        string[] absent = [.. StepFileDifference.Absent(written, plain), .. config.Element("Head_Info")?.Element("Scale") is null ? ["Head_Info/Scale"] : Array.Empty<string>()];
        var words = new List<string>();
        XElement deciding = Deciding(rest, words);
        string settings = SettingsText(config);
        return new InstrumentPart(NewareStepFile.Format, 0)
        {
            Deciding = words.Count > 0 ? StepFilePart.Text(deciding) : null,
            DecidingText = words.Count > 0 ? string.Join(", ", words) : null,
            Settings = rest.HasElements || rest.HasAttributes ? StepFilePart.Text(rest) : null,
            SettingsText = settings.Length > 0 ? settings : null,
            Absent = absent.Length > 0 ? string.Join(' ', absent) : null,
        };
    }

    /// <summary>Puts the part into a file. In a file for a run the head stays CellLab's own.</summary>
    public static void Merge(XElement config, InstrumentPart part, bool asImported)
    {
        if (part.Settings is { } text)
        {
            var settings = XElement.Parse(text);
            XElement[] own = [.. settings.Elements().Where(element => element.Name.LocalName is "Head_Info" or "Step_Info")];
            own.Remove();
            XElement? end = own.Elements(End).FirstOrDefault();
            end?.Remove();
            if (asImported)
            {
                StepFileDifference.Merge(config, new XElement("config", settings.Attributes(), own), replaces: true);
                MergeEnd(config, end);
            }

            settings.RemoveAttributes();
            StepFileDifference.Merge(config, settings);
        }

        if (part.Deciding is { } deciding)
        {
            StepFileDifference.Merge(config, XElement.Parse(deciding), replaces: true);
        }

        if (asImported && part.Absent is { } absent)
        {
            StepFileDifference.Remove(config, absent);
        }
    }

    private static void MergeEnd(XElement config, XElement? end)
    {
        if (end is not null && config.Element("Step_Info")!.Elements().LastOrDefault() is { } last)
        {
            StepFileDifference.Merge(last, end);
        }
    }

    private static XElement Plain(XElement config, XElement end)
    {
        var plain = new XElement(config) { Name = "config" };
        plain.SetAttributeValue("date", null);
        plain.SetAttributeValue("Guid", null);
        plain.Element("Head_Info")?.Elements().Where(element => OwnWords.Contains(element.Name.LocalName)).Remove();
        XElement info = plain.Element("Step_Info")!;
        info.ReplaceNodes(new XElement(End, end.Attributes().Where(value => value.Name.LocalName is not ("Step_ID" or "Step_Type")), end.Elements()));
        info.SetAttributeValue("Num", null);
        return plain;
    }

    /// <summary>What is written for such a file; no date of its own, and an end that holds nothing.</summary>
    private static XElement Written(Protocol protocol)
    {
        var program = new CellProgram(protocol.Name, [], protocol.Record, StepFileKeeper.Stated(protocol.Limits), 0);
        XElement config = NewareStepFile.Config(program, "", default, default, null);
        config.Element("Head_Info")!.Elements().Where(element => OwnWords.Contains(element.Name.LocalName)).Remove();
        config.SetAttributeValue("date", null);
        config.SetAttributeValue("Guid", null);
        config.Element("Step_Info")!.ReplaceWith(new XElement("Step_Info", new XElement(End)));
        return config;
    }

    /// <summary>Takes out of the rest what decides how the test runs.</summary>
    private static XElement Deciding(XElement rest, List<string> words)
    {
        var head = new XElement("Head_Info");
        var whole = new XElement("Whole_Prt");
        if (rest.Element("Head_Info")?.Element("Start_Step") is { } start && start.Attribute("Value") is { Value: not "1" } first)
        {
            words.Add($"that the test begins with step {first.Value}");
            start.Remove();
            head.Add(start);
        }

        foreach (XElement protection in rest.Element("Whole_Prt")?.Elements().Where(element => element.Name.LocalName is "Protect" or "AdvancedPrt").ToArray() ?? [])
        {
            XElement[] values = [.. protection.Descendants().Where(StepFilePart.Counts)];
            if (values.Length > 0)
            {
                words.Add($"protection of the whole test ({string.Join(", ", values.Select(value => $"{value.Parent!.Name.LocalName}/{value.Name.LocalName} {value.Attribute("Value")!.Value}"))})");
                protection.Remove();
                whole.Add(protection);
            }
        }

        return new XElement("config", head.HasElements ? head : null, whole.HasElements ? whole : null);
    }

    private static string SettingsText(XElement config)
    {
        var words = new List<string>();
        if (StepFileNotes.Plain(config.Element("Head_Info")?.Element("SCQ")?.Attribute("Value")) is { } micrograms and > 0)
        {
            words.Add($"the active mass {QuantityText.Plain(micrograms / 1e3)} mg (a mass belongs to the sample)");
        }

        if (StepFileNotes.Plain(config.Element("SMBUS")?.Element("SMBUS_Info")?.Attribute("Num")) > 0)
        {
            words.Add("readings of a battery's own bus (SMBUS)");
        }

        return string.Join(", ", words);
    }
}
