using System.Globalization;
using System.Xml.Linq;
using CellLab.Core.Programs;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>The steps of a step file. Values are magnitudes, the direction is in the type. Ends are alternatives: the first one met ends
/// the step.</summary>
internal static class StepFileSteps
{
    /// <summary>Of the elements of a step, in exports.</summary>
    private static readonly string[] Order = ["Record", "Limit", "Protect", "AdvancedPrt"];

    public static XElement All(CellProgram program)
    {
        int end = program.Steps.Count + 1;
        var info = new XElement("Step_Info", new XAttribute("Num", end));
        foreach (ProgramStep step in program.Steps)
        {
            info.Add(One(step, program.NominalCapacityAmpereHours));
        }

        info.Add(Step(end, StepType.End));
        return info;
    }

    /// <exception cref="NotSupportedException">A step file has no such step.</exception>
    public static XElement One(ProgramStep step, double nominalAmpereHours)
    {
        XElement element = Plain(step, nominalAmpereHours);
        return step.InstrumentPart is { Format: NewareStepFile.Format } part ? WithPart(element, part, step is VoltageStep { CurrentFirst: false }) : element;
    }

    /// <summary>What came with the step from a step file goes back where it stood.</summary>
    /// <param name="ownStart">The starting current of a hold: the file's own goes before the one that the step before it suggests.</param>
    private static XElement WithPart(XElement element, InstrumentPart part, bool ownStart)
    {
        foreach (XElement rest in new[] { part.Deciding, part.Settings }.OfType<string>().Select(text => XElement.Parse(text)))
        {
            if (ownStart)
            {
                XElement? main = rest.Element("Limit")?.Element("Main");
                element.Element("Limit")?.Element("Main")?.Elements()
                    .Where(own => own.Name.LocalName is "Curr" or "Rate" && main?.Element(own.Name)?.Attribute("Value") is not null).Remove();
            }

            StepFileDifference.Merge(element, rest);
        }

        StepFileDifference.Remove(element, part.Absent ?? "");
        XElement[] children = [.. element.Elements().OrderBy(child => Array.IndexOf(Order, child.Name.LocalName) is >= 0 and var place ? place : Order.Length)];
        element.ReplaceNodes(children);
        return element;
    }

    private static XElement Plain(ProgramStep step, double nominalAmpereHours) => step switch
    {
        RestStep rest => WithMain(step, StepType.Rest, StepFileValue.Seconds("Time", rest.DurationSeconds)),
        CurrentStep current => Current(current),
        VoltageStep voltage => Voltage(voltage, nominalAmpereHours),
        ScanStep scan => Scan(scan),
        LoopStep loop => Step(
            step.Number,
            StepType.Loop,
            new XElement(
                "Limit",
                new XElement("Other", StepFileValue.Number("Start_Step", loop.FirstStep), StepFileValue.Number("Cycle_Count", loop.Passes)))),
        _ => throw new NotSupportedException($"step {step.Number}: a NEWARE step file has no step of the kind {step.GetType().Name}"),
    };

    private static XElement Current(CurrentStep step) => WithMain(
        step,
        step.CurrentAmperes > 0 ? StepType.ConstantCurrentCharge : StepType.ConstantCurrentDischarge,
        StepFileValue.Amperes("Curr", Math.Abs(step.CurrentAmperes)),
        StepFileValue.Rate("Rate", Magnitude(step.RateC)),
        StepFileValue.Seconds("Time", step.UntilSeconds),
        StepFileValue.Volts("Stop_Volt", step.UntilVoltageVolts),
        StepFileValue.AmpereHours("Cap", Magnitude(step.UntilAmpereHours)));

    private static XElement Voltage(VoltageStep step, double nominalAmpereHours)
    {
        double? stopAmperes = Magnitude(step.UntilCurrentAmperes) ?? Magnitude(step.UntilRateC) * nominalAmpereHours;
        return WithMain(
            step,
            TypeOf(step),
            StepFileValue.Volts("Volt", step.VoltageVolts),
            StepFileValue.Seconds("Time", step.UntilSeconds),
            StepFileValue.Amperes("Stop_Curr", stopAmperes),
            StepFileValue.Rate("Stop_Rate", Magnitude(step.UntilRateC)),
            StepFileValue.Amperes("Curr", Magnitude(step.StartCurrentAmperes)),
            StepFileValue.Rate("Rate", Magnitude(step.StartRateC)),
            StepFileValue.AmpereHours("Cap", Magnitude(step.UntilAmpereHours)));
    }

    private static StepType TypeOf(VoltageStep step) => (step.CurrentFirst, step.Charging) switch
    {
        (true, true) => StepType.ConstantCurrentVoltageCharge,
        (true, false) => StepType.ConstantCurrentVoltageDischarge,
        (false, true) => StepType.ConstantVoltageCharge,
        _ => StepType.ConstantVoltageDischarge,
    };

    private static XElement Scan(ScanStep step) => Step(
        step.Number,
        StepType.VoltageScan,
        RecordOf(step),
        new XElement(
            "Slope",
            new XAttribute("SlopeType", "1"),
            new XAttribute("Cycle_Count", "1"),
            new XAttribute("ItemCount", "1"),
            new XElement(
                "Slope1",
                new XAttribute("StartValue", StepFileValue.PrintVolts(step.StartVolts)),
                new XAttribute("EndValue", StepFileValue.PrintVolts(step.EndVolts)),
                new XAttribute("Value", StepFileValue.PrintMillivolts(step.VoltsPerSecond)))));

    private static XElement WithMain(ProgramStep step, StepType type, params XElement?[] values) =>
        Step(step.Number, type, RecordOf(step), new XElement("Limit", new XElement("Main", values)));

    /// <summary>Null where the rule of the whole test holds.</summary>
    private static XElement? RecordOf(ProgramStep step) => step.Record is { } rule ? StepFileHead.Record(rule) : null;

    private static XElement Step(int number, StepType type, params XElement?[] content)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        return new XElement("Step" + text, new XAttribute("Step_ID", text), new XAttribute("Step_Type", (int)type), content);
    }

    private static double? Magnitude(double? value) => value is null ? null : Math.Abs(value.Value);
}
