using System.Xml;
using System.Xml.Linq;

namespace CellLab.HardwareSim.Neware.Program;

/// <summary>The tester's own reading of a step file (BTS 8.0, <c>root/config</c>, version 17 or 18).</summary>
internal static class StepFileReader
{
    /// <exception cref="BtsProgramException">The tester would reject the file.</exception>
    public static BtsProgram Read(byte[] bytes)
    {
        XElement config = Parse(bytes).Root?.Element("config") ?? throw new BtsProgramException("no root/config element: not a step file");
        XElement info = config.Element("Step_Info") ?? throw new BtsProgramException("no Step_Info element");
        double scale = config.Element("Head_Info").Number("Scale") ?? 1;
        XElement? whole = config.Element("Whole_Prt");
        var defaults = new StepDefaults(scale, Record(whole) ?? BtsRecordRule.Default, Protection(whole, scale));
        List<BtsStep> steps = [.. info.Elements().Where(IsStep).Select(e => StepReader.Read(e, defaults)).OrderBy(s => s.Id)];
        Check(steps);
        int start = (int)(config.Element("Head_Info").Number("Start_Step") ?? 1);
        return start >= 1 && start <= steps.Count
            ? new BtsProgram(steps, start, scale == 1 ? [] : [$"Scale {scale}: capacities were divided by it"])
            : throw new BtsProgramException($"Start_Step is {start}, there are {steps.Count} steps");
    }

    public static BtsRecordRule? Record(XElement? owner)
    {
        XElement? main = owner?.Element("Record")?.Element("Main");
        if (main is null)
        {
            return null;
        }

        var rule = new BtsRecordRule(Positive(main.Seconds("Time")), Positive(main.Volts("Volt")), Positive(main.Number("Curr")));
        return rule is { Seconds: null, Volts: null, Milliamperes: null } ? null : rule;
    }

    public static BtsProtection Protection(XElement? owner, double scale)
    {
        XElement? main = owner?.Element("Protect")?.Element("Main");
        XElement? volt = main?.Element("Volt");
        XElement? current = main?.Element("Curr");
        return new BtsProtection(
            volt.Volts("Upper"),
            volt.Volts("Lower"),
            current.Number("Upper"),
            current.Number("Lower"),
            main?.Element("Cap").Number("Upper") / scale,
            main.Seconds("Delay_Time") ?? main.Seconds("Delay") ?? 0);
    }

    private static double? Positive(double? value) => value > 0 ? value : null;

    private static bool IsStep(XElement e) => e.Name.LocalName.StartsWith("Step", StringComparison.Ordinal) && e.Attribute("Step_Type") is not null;

    private static XDocument Parse(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(StepFileText.Decode(bytes)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            throw new BtsProgramException($"not well-formed XML: {e.Message}", e);
        }
    }

    private static void Check(List<BtsStep> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i].Id != i + 1)
            {
                throw new BtsProgramException($"step numbers do not run from 1: found {steps[i].Id} at place {i + 1}");
            }

            if (steps[i].Type == BtsStepType.Loop && (steps[i].LoopTo < 1 || steps[i].LoopTo > i))
            {
                throw new BtsProgramException($"step {i + 1}: the loop goes to step {steps[i].LoopTo}, which does not lie before it");
            }
        }

        if (steps.Count == 0 || steps[^1].Type != BtsStepType.End)
        {
            throw new BtsProgramException("the last step is not an end (type 6)");
        }
    }
}

/// <summary>What holds for every step that does not say otherwise.</summary>
internal sealed record StepDefaults(double Scale, BtsRecordRule Record, BtsProtection Protection);
