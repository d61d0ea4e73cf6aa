using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using static CellLab.Tests.Core.Protocols.UnicyclerTexts;

namespace CellLab.Tests.Core.Protocols;

public sealed class UnicyclerReaderTests
{
    [Fact]
    public void Numbers_may_be_texts_and_blanks_count_as_absent()
    {
        Protocol protocol = Read(Method(
            """{"step": "constant_current", "rate_C": "", "current_mA": "0.25", "until_time_s": "54000.0", "until_voltage_V": " "}"""));
        ConstantCurrentStep step = Assert.IsType<ConstantCurrentStep>(protocol.Steps[0]);
        Assert.Equal(0.25e-3, step.CurrentAmperes!.Value, 12);
        Assert.Null(step.RateC);
        Assert.Equal(54000, step.UntilSeconds);
        Assert.Null(step.UntilVolts);
        Assert.Equal(0.5e-3, protocol.CapacityAmpereHours!.Value, 12);
    }

    [Fact]
    public void A_rate_of_0_beside_a_current_leaves_the_current()
    {
        ProtocolReading reading = ProtocolReader.Read("t.json", Method(
            """{"step": "constant_current", "rate_C": 0, "current_mA": 1, "until_time_s": 60}"""));
        ConstantCurrentStep step = Assert.IsType<ConstantCurrentStep>(reading.Protocol!.Steps[0]);
        Assert.Equal((null, 1e-3), (step.RateC, step.CurrentAmperes));
        Assert.Contains("rate_C is 0 and counts as not given", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_off_at_0_volts_is_kept_beside_a_time_and_said()
    {
        ProtocolReading reading = ProtocolReader.Read("t.json", Method(
            """{"step": "constant_current", "rate_C": -1, "until_voltage_V": 0, "until_time_s": 60}"""));
        Assert.Equal(0, Assert.IsType<ConstantCurrentStep>(reading.Protocol!.Steps[0]).UntilVolts);
        Assert.Contains("the step ends at 0 V", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_kinds_of_step_are_read_with_their_defaults_and_places()
    {
        Protocol protocol = Read(Method(
            Tag("a"), Rest, Charge,
            """{"step": "constant_voltage", "id": "hold", "voltage_V": 4.8, "until_rate_C": "C/50"}""",
            """{"step": "voltage_scan", "start_voltage_V": 2, "end_voltage_V": 4.8, "scan_rate_mV_per_s": 0.1}""",
            """{"step": "impedance_spectroscopy", "amplitude_V": 0.01, "start_frequency_Hz": 1e5, "end_frequency_Hz": 0.01}""",
            """{"step": "loop", "cycle_count": 2}"""));
        Assert.Equal(
            ["tag", "open_circuit_voltage", "constant_current", "constant_voltage", "voltage_scan", "impedance_spectroscopy", "loop"],
            protocol.Steps.Select(step => step.Kind));
        Assert.Equal("hold", protocol.Steps[3].Id);
        Assert.Equal(0.02, ((ConstantVoltageStep)protocol.Steps[3]).UntilRateC!.Value, 12);
        Assert.Equal(1e-4, ((VoltageScanStep)protocol.Steps[4]).VoltsPerSecond, 12);
        Assert.Equal((10, 1, false), protocol.Steps[5] is ImpedanceStep i ? (i.PointsPerDecade, i.MeasuresPerPoint, i.DriftCorrection) : default);
        Assert.Equal(1, ((LoopBack)protocol.Steps[6]).TargetEntry);
        Assert.Equal(Enumerable.Range(1, 7), protocol.Steps.Select(step => step.Entry));
        Assert.All(protocol.Steps, step => Assert.Equal(1, step.At.Line));
    }

    [Fact]
    public void A_hold_that_does_not_meet_its_cut_off_is_a_warning()
    {
        ProtocolReading reading = ProtocolReader.Read("t.json", Method(
            Charge, Tag("x"), """{"step": "constant_voltage", "voltage_V": 4.7, "until_time_s": 60}"""));
        Assert.Empty(reading.Errors);
        Assert.StartsWith("step 3 (constant_voltage) holds 4.7 V, but step 1 (constant_current) before it ends at 4.8 V",
            Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_may_be_nested_separate_and_share_a_start()
    {
        Protocol protocol = Read(Method(
            Tag("outer"), Rest, Tag("inner"), Charge, Discharge, Loop("inner", 3), Loop("outer", 2), Rest, Rest, Loop(8, 2), Loop(8, 2)));
        Assert.Equal(4, protocol.Steps.OfType<LoopBack>().Count());
    }

    [Fact]
    public void A_single_step_may_be_repeated_by_tag()
    {
        Assert.Equal("one", Read(Method(Tag("one"), Rest, Loop("one", 5))).Steps.OfType<LoopBack>().Single().TargetTag);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public void A_method_that_is_no_list_is_refused(string method)
    {
        ProtocolReading reading = ProtocolReader.Read("t.json", $$"""{"record": {"time_s": 1}, "method": {{method}}}""");
        Finding error = Assert.Single(reading.Errors);
        Assert.Equal("method must be a list with at least one step", error.Message);
        Assert.Null(reading.Protocol);
    }
}
