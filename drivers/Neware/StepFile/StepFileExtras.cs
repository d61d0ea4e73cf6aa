using System.Xml.Linq;
using CellLab.Core.Units;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Tells what a step holds that a protocol has no place for.</summary>
internal static class StepFileExtras
{
    private const string VendorHint = "the instrument's own program has it; check whether the test needs it";

    public static void Note(StepNode node)
    {
        NoteCapacity(node);
        NoteOther(node);
        NoteStartCurrent(node);
        if (node.Element.Element("Protect") is { } protect && protect.Descendants().Any(value => value.Attribute("Value") is not null))
        {
            LostPart(node, $"its own protection ({Values(protect)})");
        }

        if (node.Element.Element("AdvancedPrt") is { HasElements: true })
        {
            LostPart(node, "its advanced protection");
        }
    }

    /// <summary>Steps that are one thing keep the end; a CCCV counts over both of its parts, others have none.</summary>
    private static void NoteCapacity(StepNode node)
    {
        if (!node.KeepsCapacityEnd && node.Notes.AmpereHours(node.Main, "Cap") is { } capacity and > 0)
        {
            LostPart(node, $"its end at {QuantityText.Short(capacity * 1e3)} mAh");
        }
    }

    /// <summary>A current range, and conditions with their jumps.</summary>
    private static void NoteOther(StepNode node)
    {
        foreach (XElement child in node.Element.Element("Limit")?.Element("Other")?.Elements() ?? [])
        {
            string name = child.Name.LocalName;
            if (name.StartsWith("Cnd", StringComparison.Ordinal))
            {
                LostPart(node, ConditionText.Of(child));
                continue;
            }

            Lost(node, name == "Step_Range" && node.Notes.Number(child.Parent, name) is { } milliamperes
                ? $"its current range {QuantityText.Milliamperes(milliamperes * 1e-3)}"
                : $"{name} {child.Attribute("Value")?.Value}");
        }
    }

    /// <summary>The compiler takes the starting current of a hold from the current step before it; others have no place.</summary>
    private static void NoteStartCurrent(StepNode node)
    {
        if (node.Type is not (StepType.ConstantVoltageCharge or StepType.ConstantVoltageDischarge) || node.Notes.Amperes(node.Main, "Curr") is not { } amperes)
        {
            return;
        }

        XElement? before = node.Element.ElementsBeforeSelf().LastOrDefault(other => StepNode.TypeOf(other) != StepType.Loop);
        XElement? main = before?.Element("Limit")?.Element("Main");
        bool leading = before is not null && StepNode.TypeOf(before) is StepType.ConstantCurrentCharge or StepType.ConstantCurrentDischarge;
        if (!leading || node.Notes.Number(main, "Stop_Volt") != node.Notes.Number(node.Main, "Volt") || node.Notes.Amperes(main, "Curr") != amperes)
        {
            Lost(node, $"its starting current {QuantityText.Milliamperes(amperes)}");
        }
    }

    private static string Values(XElement protect) => string.Join(", ", protect.Descendants().Where(value => value.Attribute("Value") is not null)
        .Select(value => $"{value.Parent!.Name.LocalName}/{value.Name.LocalName} {value.Attribute("Value")!.Value}"));

    private static void LostPart(StepNode node, string what) => node.Notes.LostPartOfTest(node.Element, $"{node.Label}: {what}");

    private static void Lost(StepNode node, string what) => node.Notes.Lost(node.Element, $"{node.Label}: {what}", VendorHint);
}
