using System.Text.Json.Nodes;
using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Protocols.Unicycler;
using static CellLab.Tests.Core.Protocols.UnicyclerTexts;

namespace CellLab.Tests.Core.Protocols;

public sealed class UnicyclerWriterTests
{
    private static readonly string Everything = With(
        """
        "safety": {"max_voltage_V": 4.9, "min_voltage_V": 1.8, "max_current_mA": 3, "min_current_mA": -3, "max_capacity_mAh": 1, "delay_s": 2},
        """,
        Tag("a"), Rest, Charge,
        """{"step": "constant_voltage", "id": "hold", "voltage_V": 4.8, "until_current_mA": 0.025, "until_time_s": 3600}""",
        """{"step": "constant_current", "current_mA": -0.3, "until_voltage_V": 2.0, "until_time_s": 7200}""",
        """{"step": "voltage_scan", "start_voltage_V": 2, "end_voltage_V": 4.8, "scan_rate_mV_per_s": 0.1}""",
        Loop("a", 2), Rest, Rest, Loop(8, 3));

    [Fact]
    public void What_is_written_reads_back_to_the_same_protocol()
    {
        Protocol first = Read(Everything);
        Protocol second = Read(UnicyclerWriter.Write(first));
        Assert.Equal(first.Limits with { At = default }, second.Limits with { At = default });
        Assert.Equal((first.Record, first.CapacityAmpereHours, first.SampleName), (second.Record, second.CapacityAmpereHours, second.SampleName));
        Assert.Equal(first.Steps.Select(WithoutPlace), second.Steps.Select(WithoutPlace));
    }

    /// <summary>Every member and every kind of step that a document can have, by its description in <c>docs/how-to/protocols-unicycler.md</c>.</summary>
    [Fact]
    public void The_document_is_written_member_by_member_as_described()
    {
        JsonNode written = JsonNode.Parse(UnicyclerWriter.Write(Read(Everything)))!;
        JsonNode expected = JsonNode.Parse("""
            {
              "unicycler": {"version": "0.4.6"},
              "sample": {"name": "$NAME", "capacity_mAh": 0.5},
              "record": {"time_s": 30},
              "safety": {"max_voltage_V": 4.9, "min_voltage_V": 1.8, "max_current_mA": 3, "min_current_mA": -3, "max_capacity_mAh": 1, "delay_s": 2},
              "method": [
                {"step": "tag", "tag": "a"},
                {"step": "open_circuit_voltage", "until_time_s": 60},
                {"step": "constant_current", "rate_C": 0.1, "until_voltage_V": 4.8},
                {"step": "constant_voltage", "id": "hold", "voltage_V": 4.8, "until_time_s": 3600, "until_current_mA": 0.025},
                {"step": "constant_current", "current_mA": -0.3, "until_time_s": 7200, "until_voltage_V": 2},
                {"step": "voltage_scan", "start_voltage_V": 2, "end_voltage_V": 4.8, "scan_rate_mV_per_s": 0.1},
                {"step": "loop", "loop_to": "a", "cycle_count": 2},
                {"step": "open_circuit_voltage", "until_time_s": 60},
                {"step": "open_circuit_voltage", "until_time_s": 60},
                {"step": "loop", "loop_to": 8, "cycle_count": 3}
              ]
            }
            """)!;
        Assert.True(JsonNode.DeepEquals(expected, written), written.ToJsonString());
    }

    [Fact]
    public void Name_and_capacity_of_the_command_line_replace_the_files()
    {
        Protocol written = Read(UnicyclerWriter.Write(Read(Method(Charge)), "cell-7", 3e-3));
        Assert.Equal(("cell-7", 3e-3), (written.SampleName, written.CapacityAmpereHours));
    }

    [Fact]
    public void Figures_carry_no_noise_of_the_unit_conversion() =>
        Assert.Contains("\"current_mA\": -0.3,", UnicyclerWriter.Write(Read(Everything)), StringComparison.Ordinal);

    [Fact]
    public void A_program_written_as_protocol_compiles_to_the_same_program_again()
    {
        CellProgram first = Compile(Read(Everything));
        Protocol back = ProgramToProtocol.Convert(first, out IReadOnlyList<Finding> losses);
        Assert.Empty(losses);
        CellProgram second = Compile(Read(UnicyclerWriter.Write(back)));
        Assert.Equal(first.Steps, second.Steps);
        Assert.Equal(first.Limits, second.Limits);
    }

    [Fact]
    public void An_end_at_a_capacity_is_kept()
    {
        CellProgram program = Compile(Read(Method(Charge, Discharge)));
        CellProgram limited = program with { Steps = [((CurrentStep)program.Steps[0]) with { UntilAmpereHours = 1e-3 }, program.Steps[1]] };
        Protocol back = ProgramToProtocol.Convert(limited, out IReadOnlyList<Finding> losses);
        Assert.Empty(losses);
        Assert.Equal(limited.Steps, Compile(back).Steps);
    }

    private static ProtocolStep WithoutPlace(ProtocolStep step) => step with { At = default };

    private static CellProgram Compile(Protocol protocol) => ProgramCompiler.Compile(protocol, null).Program!;
}
