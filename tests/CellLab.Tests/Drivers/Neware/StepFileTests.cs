using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>Element by element against the descriptions of step files that ran on BTS 8.0.</summary>
public sealed class StepFileTests
{
    private static readonly Guid s_guid = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly DateTimeOffset s_date = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Rest 6 h, three cycles at 0.1C between 2.0 and 4.8 V, then 400 at 1C, 3 mAh.</summary>
    private static readonly CellProgram s_paper = new(
        "paper",
        [
            new RestStep(1, "main", 21600),
            new CurrentStep(2, "formation", 0.0003, 0.1, null, 4.8),
            new CurrentStep(3, "formation", -0.0003, -0.1, null, 2.0),
            new LoopStep(4, "formation", 2, 3),
            new CurrentStep(5, "life", 0.003, 1, null, 4.8),
            new CurrentStep(6, "life", -0.003, -1, null, 2.0),
            new LoopStep(7, "life", 5, 400),
        ],
        new RecordRule(60, 0.005, 0.0001),
        new SafetyLimits(4.9, 1.8, 0.006, -0.006, 0.004, 5),
        0.003);

    [Fact]
    public void The_paper_kind_of_test_is_written_as_specified()
    {
        XElement config = Config(s_paper);
        XElement steps = config.Element("Step_Info")!;

        Assert.Equal("Step File", config.Attribute("type")!.Value);
        Assert.Equal("17", config.Attribute("version")!.Value);
        Assert.Equal("20260101120000", config.Attribute("date")!.Value);
        Assert.Equal(s_guid.ToString(), config.Attribute("Guid")!.Value);
        Assert.Equal("8", steps.Attribute("Num")!.Value);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => $"Step{n}"), steps.Elements().Select(s => s.Name.LocalName));
        Assert.Equal(["4", "1", "2", "5", "1", "2", "5", "6"], steps.Elements().Select(s => s.Attribute("Step_Type")!.Value));
        AssertMain(steps, 1, ("Time", "21600000"));
        AssertMain(steps, 2, ("Curr", "0.3"), ("Rate", "0.1"), ("Stop_Volt", "48000"));
        AssertMain(steps, 3, ("Curr", "0.3"), ("Rate", "0.1"), ("Stop_Volt", "20000"));
        AssertOther(steps, 4, ("Start_Step", "2"), ("Cycle_Count", "3"));
        AssertMain(steps, 5, ("Curr", "3"), ("Rate", "1"), ("Stop_Volt", "48000"));
        AssertMain(steps, 6, ("Curr", "3"), ("Rate", "1"), ("Stop_Volt", "20000"));
        AssertOther(steps, 7, ("Start_Step", "5"), ("Cycle_Count", "400"));
        Assert.False(steps.Elements().Last().HasElements);
    }

    [Fact]
    public void Head_protection_record_rule_and_bus_are_written_as_specified()
    {
        XElement config = Config(s_paper);
        XElement head = config.Element("Head_Info")!;
        XElement protect = config.Element("Whole_Prt")!.Element("Protect")!.Element("Main")!;
        XElement record = config.Element("Whole_Prt")!.Element("Record")!.Element("Main")!;

        Assert.Equal(
            [("Operate", "66"), ("Scale", "1"), ("Start_Step", "1"), ("Creator", "CellLab"), ("PN", "paper"), ("Remark", "S1"), ("RateType", "103"), ("MultCap", "10800"), ("SCQ", "2000"), ("SCQ_F", "0.00002")],
            Values(head));
        Assert.Equal("0", head.Element("Start_Step")!.Attribute("Hide_Ctrl_Step")!.Value);
        Assert.Equal([("Upper", "49000"), ("Lower", "18000")], Values(protect.Element("Volt")!));
        Assert.Equal([("Upper", "6"), ("Lower", "-6")], Values(protect.Element("Curr")!));
        Assert.Equal([("Upper", "14400")], Values(protect.Element("Cap")!));
        Assert.Equal("5000", protect.Element("Delay_Time")!.Attribute("Value")!.Value);
        Assert.Equal([("Time", "60000"), ("Volt", "50"), ("Curr", "0.1")], Values(record));
        Assert.Equal("0", config.Element("SMBUS")!.Element("SMBUS_Info")!.Attribute("Num")!.Value);
    }

    [Fact]
    public void Constant_voltage_takes_its_direction_ends_and_starting_current()
    {
        XElement steps = Steps(
            new VoltageStep(1, "main", 4.8, Charging: true, 3600, 0.00015, 0.05, 0.003, 1),
            new VoltageStep(2, "main", 2.0, Charging: false, null, -0.00003));

        Assert.Equal(["3", "19", "6"], steps.Elements().Select(s => s.Attribute("Step_Type")!.Value));
        AssertMain(steps, 1, ("Volt", "48000"), ("Time", "3600000"), ("Stop_Curr", "0.15"), ("Stop_Rate", "0.05"), ("Curr", "3"), ("Rate", "1"));
        AssertMain(steps, 2, ("Volt", "20000"), ("Stop_Curr", "0.03"));
    }

    [Fact]
    public void A_voltage_scan_is_a_slope_without_limits()
    {
        XElement step = Steps(new ScanStep(1, "main", 3.0, 4.8, 0.0001)).Element("Step1")!;
        XElement slope = step.Element("Slope")!;

        Assert.Equal("25", step.Attribute("Step_Type")!.Value);
        Assert.Null(step.Element("Limit"));
        Assert.Equal(["1", "1", "1"], slope.Attributes().Select(a => a.Value));
        Assert.Equal(
            [("StartValue", "30000"), ("EndValue", "48000"), ("Value", "0.1")],
            slope.Element("Slope1")!.Attributes().Select(a => (a.Name.LocalName, a.Value)));
    }

    [Fact]
    public void A_current_may_end_by_time_and_capacity()
    {
        XElement steps = Steps(new CurrentStep(1, "main", -2.95e-8, null, 600, null, 0.0001));

        AssertMain(steps, 1, ("Curr", "0.0000295"), ("Time", "600000"), ("Cap", "360"));
    }

    [Fact]
    public void The_file_says_that_it_is_utf_8_and_keeps_foreign_letters()
    {
        string text = NewareStepFile.Write(s_paper, "Zelle ä & <电池>", s_date, s_guid);

        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", text, StringComparison.Ordinal);
        Assert.Contains("Zelle ä &amp; &lt;电池&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_step_file_cannot_say_is_told_with_its_step()
    {
        CellProgram program = s_paper with
        {
            Steps =
            [
                new RestStep(1, "main", 0.0001),
                new CurrentStep(2, "main", 0, null, 60, null),
                new VoltageStep(3, "main", 4.8, true, null, null),
                new LoopStep(4, "main", 4, 0),
            ],
        };

        IReadOnlyList<string> problems = NewareStepFile.Problems(program);

        Assert.Equal(["step 1", "step 2", "step 3", "step 4", "step 4"], problems.Select(p => p.Split(':')[0]));
        Assert.Empty(NewareStepFile.Problems(s_paper));
    }

    private static XElement Config(CellProgram program) =>
        XDocument.Parse(NewareStepFile.Write(program, "S1", s_date, s_guid, activeMassMilligrams: 2)).Root!.Element("config")!;

    private static XElement Steps(params ProgramStep[] steps) => Config(s_paper with { Steps = steps }).Element("Step_Info")!;

    private static void AssertMain(XElement steps, int number, params (string, string)[] expected) =>
        Assert.Equal(expected, Values(steps.Element($"Step{number}")!.Element("Limit")!.Element("Main")!));

    private static void AssertOther(XElement steps, int number, params (string, string)[] expected) =>
        Assert.Equal(expected, Values(steps.Element($"Step{number}")!.Element("Limit")!.Element("Other")!));

    private static IEnumerable<(string, string)> Values(XElement parent) =>
        parent.Elements().Select(e => (e.Name.LocalName, e.Attribute("Value")!.Value));
}
