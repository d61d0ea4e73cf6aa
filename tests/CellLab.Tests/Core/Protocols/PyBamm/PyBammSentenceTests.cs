using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Core.Protocols.PyBamm;
using static CellLab.Tests.Core.Protocols.PyBamm.PyBammTexts;

namespace CellLab.Tests.Core.Protocols.PyBamm;

/// <summary>The examples of PyBaMM's own documentation and tests (BSD-3-Clause), with our sign: charging is positive.</summary>
public sealed class PyBammSentenceTests
{
    [Theory]
    [InlineData("Discharge at C/20 for 0.5 hours", -0.05, null, 1800.0, null)]
    [InlineData("Charge at 0.05C until 4.8 V", 0.05, null, null, 4.8)]
    [InlineData("Charge at 1 C for 1 hour or until 4.2 V", 1.0, null, 3600.0, 4.2)]
    [InlineData("Charge at 200 mA for 45 minutes", null, 0.2, 2700.0, null)]
    [InlineData("Discharge at 1A for 90 s until 2500mV", null, -1.0, 90.0, 2.5)]
    [InlineData("Charge at 1e-3 A until > 4.1 V", null, 0.001, null, 4.1)]
    [InlineData("Discharge at 0.2C until <2V", -0.2, null, null, 2.0)]
    [InlineData("Charge at 2.5e1 mA for 2 hr", null, 0.025, 7200.0, null)]
    public void A_current_keeps_value_and_ends_and_turns_the_sign(string text, double? rate, double? amperes, double? seconds, double? volts) =>
        Assert.Equal(new ConstantCurrentStep(1, default, null, rate, amperes, seconds, volts), Step(text));

    [Theory]
    [InlineData("Hold at 4.8 V for 30 minutes or until 0.05C", 4.8, 1800.0, 0.05, null)]
    [InlineData("Hold at 4.1 V until 50mA", 4.1, null, null, 0.05)]
    [InlineData("Hold at 1 V until C/50", 1.0, null, 0.02, null)]
    [InlineData("Hold at 2 V until < 50 mA", 2.0, null, null, -0.05)]
    [InlineData("Hold at 4.8 V until > -50 mA", 4.8, null, null, 0.05)]
    [InlineData("Hold at 4.8 V for 10 min", 4.8, 600.0, null, null)]
    public void A_hold_keeps_its_ends(string text, double volts, double? seconds, double? rate, double? amperes) =>
        Assert.Equal(new ConstantVoltageStep(1, default, null, volts, seconds, rate, amperes), Step(text));

    [Theory]
    [InlineData("Rest for 10 minutes", 600)]
    [InlineData("Rest for 3600.0 seconds", 3600)]
    [InlineData("Rest for 1 hour", 3600)]
    public void A_rest_has_a_time(string text, double seconds) => Assert.Equal(new OpenCircuitStep(1, default, null, seconds), Step(text));

    [Theory]
    [InlineData("Charge at 1C until 4.8 V", 1)]
    [InlineData("Discharge at 1C until 2 V", -1)]
    public void A_hold_takes_the_direction_of_the_step_before_it(string before, double sign)
    {
        Protocol protocol = Read(before + "\nRest for 1 minute\nHold at 3 V until 0.05C");
        Assert.Equal(sign * 0.05, Assert.IsType<ConstantVoltageStep>(protocol.Steps[2]).UntilRateC);
    }

    [Theory]
    [InlineData("charge at 1C for 1 hour", 1, "did you mean 'Charge'?")]
    [InlineData("Dicharge at 1C for 1 hour", 1, "did you mean 'Discharge'?")]
    [InlineData("Discharge at 1C", 16, "no end")]
    [InlineData("Rest", 5, "no end")]
    [InlineData("Discharge 1C for 1 hour", 10, "'at' must follow Discharge")]
    [InlineData("Discharge at 1C for 1 day", 21, "'1 day' is no duration")]
    [InlineData("Discharge at 1 kW for 1 hour", 14, "'1 kW' is no value")]
    [InlineData("Charge at 1C until 4.2 V until 4.3 V", 26, "'until' stands twice")]
    [InlineData("Charge at 1C for 1 hour for 2 hours", 25, "'for' stands twice")]
    [InlineData("Charge at 1C for 1 hour at 25oC", 30, "temperature")]
    [InlineData("Charge at C/0 until 4 V", 11, "'C/0' is no value")]
    [InlineData("Charge at 1C for 1 hour (1 minute)", 25, "no recording interval")]
    [InlineData("Charge at 1C for 0 hours", 18, "is no duration")]
    [InlineData("Rest at 1C for 1 hour", 5, "cannot follow Rest")]
    [InlineData("Run drive cycle for 1 hour", 1, "drive cycles")]
    [InlineData("Rest for 1 hour or until 3 V", 1, "a rest cannot end at a value")]
    [InlineData("Charge at 1C until 50 mA", 1, "cannot end a current")]
    [InlineData("Charge at 1C until < 4 V", 1, "end below a voltage while it charges")]
    [InlineData("Charge at 4 Ohm for 1 minute", 1, "constant resistance")]
    [InlineData("Charge at 4 V for 1 hour", 1, "write Hold")]
    [InlineData("Charge at 0 A for 1 hour", 1, "write Rest")]
    [InlineData("Hold at 1 A for 1 hour", 1, "meant with a voltage")]
    [InlineData("Hold at 4 V until 3 V", 1, "only a current or a C-rate")]
    [InlineData("Hold at 4 V until 0 A", 1, "never reached")]
    [InlineData("Hold at 4 V until > 50 mA", 1, "grows")]
    [InlineData("Charge at NaN A until 4 V", 11, "is no value")]
    public void What_is_no_step_is_refused_at_its_place(string text, int column, string message)
    {
        Finding error = Assert.Single(ProtocolReader.Read("e.txt", "# comment\n" + text + "\r\n").Errors);
        Assert.Equal((2, column), (error.Line, error.Column));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_intervals_of_single_steps_are_kept_and_written_again()
    {
        string text = "Rest for 600.0 seconds (5 minute period)\nCharge at 1C for 1 hour (10 second period)\nRest for 60.0 seconds\n";
        Protocol protocol = Read(text);
        Assert.Equal([300.0, 10.0, null], protocol.Steps.Select(step => step.PeriodSeconds));
        Assert.Equal(60, protocol.Record.IntervalSeconds);
        Assert.Equal(text, PyBammWriter.Write(protocol, out _));
    }

    [Fact]
    public void Power_and_resistance_are_steps_and_are_written_again()
    {
        string text = "Charge at 5 mW for 1 hour or until 4.8 V\nDischarge at 5 mW until 2 V\nDischarge at 4 Ohm for 1 minute\n";
        Protocol protocol = Read(text);
        Assert.Equal([0.005, -0.005], protocol.Steps.OfType<ConstantPowerStep>().Select(step => step.Watts));
        Assert.Equal(4, Assert.IsType<ConstantResistanceStep>(protocol.Steps[2]).Ohms);
        Assert.Equal(text, PyBammWriter.Write(protocol, out _));
    }

    [Fact]
    public void A_step_without_time_keeps_none_and_is_told_once()
    {
        ProtocolReading reading = ProtocolReader.Read("e.txt", "Charge at 0.1C until 4.8 V\nCharge at 0.1C until 4.8 V\nRest for 1 hour");
        Assert.Null(((ConstantCurrentStep)reading.Protocol!.Steps[0]).UntilSeconds);
        Assert.Contains("after 20 hours", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_that_turns_a_charge_into_a_discharge_is_obeyed_and_told()
    {
        ProtocolReading reading = ProtocolReader.Read("e.txt", "Charge at -0.1C for 1 hour");
        Assert.Equal(-0.1, ((ConstantCurrentStep)reading.Protocol!.Steps[0]).RateC);
        Assert.Contains("discharge", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }
}
