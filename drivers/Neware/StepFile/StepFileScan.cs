using System.Xml.Linq;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Reads the slopes of a voltage scan: 0.1 mV to 0.1 mV at mV/s.</summary>
internal static class StepFileScan
{
    private const double TenthMillivoltsPerVolt = 1e4;
    private const double MillivoltsPerVolt = 1e3;

    public static IReadOnlyList<ProtocolStep> Read(StepNode node)
    {
        if (node.Element.Element("Slope") is not { HasElements: true } slope)
        {
            return node.Refuse("it has no Slope", "give StartValue, EndValue and Value");
        }

        if (node.Notes.Number(slope.Attribute("Cycle_Count"), "Cycle_Count") is { } passes && passes != 1)
        {
            return node.Refuse(FormattableString.Invariant($"its Cycle_Count is {passes}, only 1 can be carried over"), "put a loop step after it");
        }

        if (node.Notes.Number(slope.Attribute("SlopeType"), "SlopeType") is { } type && type != 1)
        {
            return node.Refuse(FormattableString.Invariant($"its SlopeType is {type}, known is 1"), "take the step out of the file");
        }

        int count = slope.Elements().Count();
        if (count > 1)
        {
            node.Notes.Lost(node.Element, $"{node.Label}: that its {count} slopes are one step: they become {count} steps", "numbers of the steps after it move");
        }

        return [.. slope.Elements().Select(one => One(node, one)).OfType<ProtocolStep>()];
    }

    private static VoltageScanStep? One(StepNode node, XElement slope)
    {
        double? start = node.Notes.Number(slope.Attribute("StartValue"), "StartValue") / TenthMillivoltsPerVolt;
        double? end = node.Notes.Number(slope.Attribute("EndValue"), "EndValue") / TenthMillivoltsPerVolt;
        double? rate = Math.Abs(node.Notes.Number(slope.Attribute("Value"), "Value") ?? 0) / MillivoltsPerVolt;
        if (start is { } from && end is { } to && from != to && rate is { } speed and > 0)
        {
            return new VoltageScanStep(0, node.At, null, QuantityText.Clean(from), QuantityText.Clean(to), QuantityText.Clean(speed));
        }

        node.Refuse("a slope needs StartValue, another EndValue and a Value other than 0", "complete the slope");
        return null;
    }
}
