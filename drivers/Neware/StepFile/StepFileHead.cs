using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>The parts of a step file that concern the whole test.</summary>
internal static class StepFileHead
{
    private const string Operate = "66";
    private const string Scale = "1";
    private const string CurrentsAsGiven = "103"; // 105 is C-rate mode: less precise

    public static XElement Head(CellProgram program, string remark, double? activeMassMilligrams) => new(
        "Head_Info",
        StepFileValue.Text("Operate", Operate),
        StepFileValue.Text("Scale", Scale),
        new XElement("Start_Step", new XAttribute("Value", "1"), new XAttribute("Hide_Ctrl_Step", "0")),
        StepFileValue.Text("Creator", "CellLab"),
        StepFileValue.Text("PN", program.Name),
        StepFileValue.Text("Remark", remark),
        StepFileValue.Text("RateType", CurrentsAsGiven),
        program.NominalCapacityAmpereHours > 0 ? StepFileValue.AmpereHours("MultCap", program.NominalCapacityAmpereHours) : null,
        activeMassMilligrams is { } mass ? Mass(mass) : null);

    /// <summary>The active mass, in the two units in which the head has it.</summary>
    public static XElement[] Mass(double milligrams) => [StepFileValue.Number("SCQ", milligrams * 1e3), StepFileValue.Number("SCQ_F", milligrams / 1e5)];

    public static XElement Whole(CellProgram program) => new(
        "Whole_Prt",
        Record(program.Record),
        new XElement("Protect", new XElement("Main", Protect(program.Limits))));

    /// <summary>Of the whole test, or of one step.</summary>
    public static XElement Record(RecordRule rule) => new("Record", new XElement(
        "Main",
        StepFileValue.Seconds("Time", rule.IntervalSeconds),
        StepFileValue.Volts("Volt", rule.DeltaVolts),
        StepFileValue.Amperes("Curr", rule.DeltaAmperes)));

    private static IEnumerable<XElement?> Protect(SafetyLimits limits) =>
    [
        Range("Volt", StepFileValue.Volts("Upper", limits.MaxVolts), StepFileValue.Volts("Lower", limits.MinVolts)),
        Range("Curr", StepFileValue.Amperes("Upper", limits.MaxAmperes), StepFileValue.Amperes("Lower", limits.MinAmperes)),
        Range("Cap", StepFileValue.AmpereHours("Upper", limits.MaxAmpereHours), null),
        StepFileValue.Seconds("Delay_Time", limits.DelaySeconds),
    ];

    private static XElement? Range(string name, XElement? upper, XElement? lower) =>
        upper is null && lower is null ? null : new XElement(name, upper, lower);
}
