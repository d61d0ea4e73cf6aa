using CellLab.Core.Protocols;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Tests.Core.Triggers.Rules;

public sealed class TriggerStepTests
{
    [Theory]
    [InlineData("every_s: -5", "every_s is -5, expected a number greater than 0")]
    [InlineData("every_voltage_V: much", "every_voltage_V is 'much', expected a number")]
    [InlineData("voltage_V: [4.3, high]", "voltage_V is 'high', expected a number")]
    [InlineData("voltage_V: 4.3, direction: upwards", "direction is 'upwards', expected either, up, down")]
    [InlineData("direction: up", "direction says nothing without voltage_V or every_voltage_V or soc_percent")]
    [InlineData("every_s: 60, when_missed: queue", "when_missed is 'queue', expected skip, queue_latest, queue_all, hold")]
    [InlineData("at_charge_end: yes", "at_charge_end is 'yes', expected true or false")]
    [InlineData("every_s: 60, cycles: 3-1", "cycles is '3-1', expected numbers of cycles")]
    [InlineData("quantity: fade, above: 20", "there is no quantity 'fade' to wait for")]
    [InlineData("quantity: capacity_fade_percent", "quantity capacity_fade_percent needs one level: above or below")]
    [InlineData("every_voltage_V: 0.1, from_voltage_V: 4, to_voltage_V: 3", "to_voltage_V is 3, expected more than from_voltage_V (4)")]
    [InlineData("evry_s: 60", "unknown member 'evry_s'")]
    public void A_wrong_member_is_named_with_what_is_expected(string members, string said)
    {
        ProtocolReading reading = ProtocolReader.Read("t.yaml", Text(members));

        Assert.Contains(reading.Errors, error => error.Message.Contains(said, StringComparison.Ordinal) && error.Line == 5);
    }

    [Fact]
    public void All_members_together_are_valid()
    {
        ProtocolReading reading = ProtocolReader.Read("t.yaml", Text(
            "every_s: 600, offset_s: 0, every_mAh_per_g: 10, every_voltage_V: 0.05, from_voltage_V: 2, to_voltage_V: 4.8, voltage_V: [4.3, 4.6], hysteresis_mV: 5, direction: up, "
            + "once_per_step: true, soc_percent: '10, 50', soc_reference_mAh_per_g: 250, on_entry: rest, on_exit: [charge, discharge], at_charge_end: true, at_discharge_end: true, at_cycle_end: true, "
            + "rest_after_s: 600, quantity: dqdv_peaks, above: 1, count: 40, min_interval_s: 960, quiet_s: 60, cycles: '1, 5-10', steady_current: true, when_missed: queue_latest, "
            + "max_age_s: 120, exposure_s: 900, program: LMNO 10-80"));

        Assert.Empty(reading.Errors);
        HostedStep step = Assert.Single(reading.Protocol!.Steps.OfType<HostedStep>());
        Assert.Equal("4.3, 4.6", step.Members["voltage_V"]);
        Assert.Empty(TriggerStepReader.Check(step.Members));
    }

    private static string Text(string members) => $$"""
        celllab_protocol: 1
        name: t
        window: 2.0-4.8 V
        method:
          - {step: trigger, target: xrd, {{members}}}
          - Charge at 25 mA/g until 4.8 V
        """;
}
