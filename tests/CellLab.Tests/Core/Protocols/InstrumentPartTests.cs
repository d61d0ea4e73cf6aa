using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Tests.Core.Protocols;

/// <summary>Conditions of an instrument's own file: carried to such an instrument, refused with the reason by every other.</summary>
public sealed class InstrumentPartTests
{
    private const string Deciding = """<Step><Limit><Other CndCount="1"><Cnd1 type="3" CmpType="4" Jump_Line="65526" Value="60000" /></Other></Limit></Step>""";

    private const string Text = $$"""
        celllab_protocol: 1
        window: 2.0-4.8 V
        method:
          - repeat: 2
            instrument_part: {format: neware, step: 3, settings: '<Step><Note Value="1" /></Step>'}
            steps:
              - step: constant_current
                rate_C: 0.1
                until_voltage_V: 4.8
                instrument_part:
                  format: neware
                  step: 1
                  deciding: '{{Deciding}}'
                  deciding_text: the next step after a minute
                  settings: '<Step><Limit><Other><Step_Range Value="5" /></Other></Limit></Step>'
                  settings_text: its current range 5 mA
              - Discharge at 0.1C until 2.0 V
        """;

    private static readonly CRateBase Base = new(250, 2);
    private static readonly ChannelCapability Neware = new() { StepKinds = ["constant_current", "loop"], ProgramFormat = "neware" };
    private static readonly ChannelCapability Another = Neware with { ProgramFormat = null };

    [Fact]
    public void An_instrument_of_that_format_gets_them_in_its_program_file()
    {
        Compilation compilation = Compile(Neware, false);
        CellProgram program = compilation.Program!;
        Assert.DoesNotContain(compilation.Warnings, warning => warning.Message.Contains("after a minute", StringComparison.Ordinal));
        Assert.Equal(Deciding, program.Steps[0].InstrumentPart!.Deciding);
        string file = NewareStepFile.Write(program, "cell", DateTimeOffset.UnixEpoch, Guid.Empty);
        Assert.Contains("""<Cnd1 type="3" CmpType="4" Jump_Line="65526" Value="60000" />""", file, StringComparison.Ordinal);
        Assert.Contains("""<Step_Range Value="5" />""", file, StringComparison.Ordinal);
        Assert.Contains("""<Note Value="1" />""", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_channel_refuses_what_decides_and_tells_what_it_leaves_out()
    {
        Compilation refused = Compile(Another, false);
        Assert.Null(refused.Program);
        Assert.Contains(refused.Errors, error => error.Line == 7 && error.Message.Contains("the next step after a minute: this channel cannot carry it out", StringComparison.Ordinal));
        Compilation accepted = Compile(Another, true);
        Assert.Null(accepted.Program!.Steps[0].InstrumentPart);
        Assert.Contains(accepted.Warnings, warning => warning.Message.EndsWith("the next step after a minute", StringComparison.Ordinal));
        Assert.Contains(accepted.Warnings, warning => warning.Message.EndsWith("its current range 5 mA", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_channel_a_warning_says_where_it_can_run_and_executors_that_take_no_such_file_refuse_the_program()
    {
        Compilation open = Compile(null, false);
        Assert.Contains(open.Warnings, warning => warning.Message.Contains("only a NEWARE channel can carry out the next step after a minute", StringComparison.Ordinal));
        Assert.Equal("step 1: it carries the next step after a minute, which only a NEWARE channel can carry out", Assert.Single(InstrumentPart.Problems(open.Program!)));
    }

    [Fact]
    public void A_condition_that_jumps_is_refused_where_its_step_is_not_where_it_was()
    {
        var part = new InstrumentPart("neware", 1) { Deciding = """<Step><Limit><Other><Cnd1 type="1" CmpType="4" Jump_Line="2" Value="42000" /></Other></Limit></Step>""", DecidingText = "a jump" };
        CellProgram program = Compile(null, false).Program!;
        ProgramStep[] steps = [program.Steps[0] with { InstrumentPart = part }, program.Steps[1] with { InstrumentPart = new InstrumentPart("neware", 2) }];
        Assert.Empty(NewareStepFile.Problems(program with { Steps = steps }));
        string problem = Assert.Single(NewareStepFile.Problems(program with { Steps = [steps[0], steps[1] with { InstrumentPart = new InstrumentPart("neware", 3) }] }));
        Assert.Equal("step 1: its condition jumps to step 2 of the file that it came from, which is not step 2 of this program", problem);
    }

    [Theory]
    [InlineData("{format: neware, deciding: '<a/>'}", "belong together")]
    [InlineData("{deciding: '<a/>', deciding_text: x}", "format")]
    [InlineData("{format: neware, what: 1}", "what")]
    [InlineData("text", "object in braces")]
    public void A_part_that_is_not_one_is_refused(string part, string message)
    {
        ProtocolReading reading = ProtocolReader.Read("p.yaml", $"celllab_protocol: 1\nwindow: 2-4.8 V\ninstrument_part: {part}\nmethod: [Charge at 0.1C until 4.8 V]\n");
        Assert.Contains(reading.Errors, error => error.Line == 3 && error.Message.Contains(message, StringComparison.Ordinal));
    }

    private static Compilation Compile(ChannelCapability? channel, bool acceptsLosses)
    {
        ProtocolReading reading = ProtocolReader.Read("p.yaml", Text);
        Assert.Empty(reading.Errors);
        return ProgramCompiler.Compile(reading.Protocol!, Base, new CompileOptions { Channel = channel, AcceptsLosses = acceptsLosses });
    }
}
