using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using static CellLab.Tests.Core.Protocols.PyBamm.PyBammTexts;

namespace CellLab.Tests.Core.Protocols.PyBamm;

public sealed class PyBammReaderTests
{
    private const string Everything = """
        {"experiment": ["Rest for 1 hour", ["Charge at 0.1C until 4.8 V", "Discharge at 0.1C until 2 V"],
          {"repeat": 400, "steps": ["Charge at 5C until 4.8 V", {"repeat": 2, "steps": ["Rest for 1 minute"]}, "Discharge at 5C until 2 V"]}],
         "period": "10 seconds", "temperature": "25 oC",
         "termination": ["80% capacity", "2.5 V"]}
        """;

    [Fact]
    public void Lists_are_cycles_and_repeats_are_loops()
    {
        Protocol protocol = Read(Everything, "life.json");
        Assert.Equal(
            "open_circuit_voltage constant_current constant_current tag constant_current tag open_circuit_voltage loop x2 constant_current loop x400",
            Shape(protocol));
        Assert.Equal(new RecordRule(10, null, null), protocol.Record);
        Assert.Equal("life", protocol.Name);
        Assert.Equal(Enumerable.Range(1, protocol.Steps.Count), protocol.Steps.Select(step => step.Entry));
    }

    [Fact]
    public void What_a_protocol_has_no_place_for_is_told_with_its_place()
    {
        IReadOnlyList<Finding> warnings = ProtocolReader.Read("life.json", Everything).Warnings;
        Assert.Contains(warnings, w => w.Message.Contains("'2.5 V'", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Message.Contains("'25 oC'", StringComparison.Ordinal));
    }

    [Fact]
    public void Ends_at_a_share_of_the_capacity_and_at_a_lowest_voltage_are_exits_of_the_repeat_at_the_end()
    {
        LoopBack[] loops = [.. Read(Everything, "life.json").Steps.OfType<LoopBack>()];
        Assert.Equal([null, new LoopExits { CapacityFraction = 0.8, OfCycle = 1, VoltageBelowVolts = 2.5 }], loops.Select(loop => loop.Exits));
        Assert.Contains(ProtocolReader.Read("life.json", Everything).Warnings,
            w => w.Line == 4 && w.Message.Contains("termination '80% capacity' ends the repeat at the end alone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"experiment": [{"repeat": 9, "steps": ["Charge at 1C until 4.8 V", "Discharge at 1C until 2 V"]}, "Rest for 1 h"], "termination": "80% capacity"}""", "does not end with a repeat")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "termination": "80% capacity"}""", "does not end with a repeat")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "termination": "4 Ah capacity"}""", "no charge in Ah")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "termination": "4A.h capacity"}""", "no charge in Ah")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "termination": "24 hours"}""", "no place for an end of the whole experiment")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "termination": "2.5 V"}""", "does not end with a repeat")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "termination": "120% capacity"}""", "no place for an end of the whole experiment")]
    public void An_end_of_the_experiment_that_no_repeat_can_carry_is_a_loss(string text, string why)
    {
        ProtocolReading reading = ProtocolReader.Read("e.json", text);
        Assert.All(reading.Protocol!.Steps.OfType<LoopBack>(), loop => Assert.Null(loop.Exits));
        Assert.Contains(reading.Warnings, w => w.Line == 1 && w.Message.StartsWith("not carried over: termination '", StringComparison.Ordinal) && w.Message.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bare_list_is_read_and_compiles()
    {
        Protocol protocol = Read("""["Charge at 0.1C until 4.8 V", "Hold at 4.8 V until C/50", "Discharge at 0.1C until 2 V"]""", "bare.json");
        Compilation compiled = ProgramCompiler.Compile(protocol, null, new CompileOptions { CapacityAmpereHours = 5e-4 });
        Assert.Equal(new RecordRule(60, 0.005, null), compiled.Program!.Record);
        Assert.Equal((true, 1e-5), (((VoltageStep)compiled.Program.Steps[1]).Charging, ((VoltageStep)compiled.Program.Steps[1]).UntilCurrentAmperes));
    }

    [Theory]
    [InlineData("""{"experiment": ["Dicharge at 1C for 1 h"]}""", 1, 18, "did you mean 'Discharge'?")]
    [InlineData("[\n\"Rest for 1 day\"]", 2, 11, "'1 day' is no duration")]
    [InlineData("""{"experiment": []}""", 0, 0, "no step")]
    [InlineData("""{"experiment": 3}""", 1, 16, "no list")]
    [InlineData("""[3]""", 1, 2, "no step")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "periode": "1 s"}""", 1, 34, "did you mean 'period'?")]
    [InlineData("""{"experiment": ["Rest for 1 h"], "period": "1 day"}""", 1, 34, "period is '1 day'")]
    [InlineData("""[{"repeat": 0, "steps": ["Rest for 1 h"]}]""", 1, 3, "at least 1")]
    [InlineData("""[{"steps": ["Rest for 1 h"]}]""", 1, 2, "repeat is missing")]
    [InlineData("""[{"repeat": 2, "steps": []}]""", 1, 2, "no step")]
    public void What_is_wrong_is_told_with_its_place(string text, int line, int column, string message)
    {
        Finding error = Assert.Single(ProtocolReader.Read("e.json", text).Errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once() =>
        Assert.Equal(3, ProtocolReader.Read("e.txt", "Charge\n\nRest\n# Rest\nDischarge at 1C").Errors.Count);

    [Fact]
    public void More_steps_than_allowed_are_refused_with_one_sentence()
    {
        string line = "Rest for 1 minute\n";
        Finding error = Assert.Single(ProtocolReader.Read("e.txt", string.Concat(Enumerable.Repeat(line, 20_001))).Errors);
        Assert.Contains("more than 20000 steps", error.Message, StringComparison.Ordinal);
    }
}
