using CellLab.Core.Protocols;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>In a structured step a member without a value counts as left out, as in unicycler's files: the step is there, or an error says why not.</summary>
public sealed class EmptyMemberTests
{
    /// <summary>The kind of an entry that could not be read.</summary>
    private const string Unread = "unread";

    [Theory]
    [InlineData("gitt", "current_mA: -0.1", "pulse_s: 600", "rest_s: 3600", "rest_until_drift_mV_per_h: 1", "until_voltage_V: 2.0", "pulses: 20", "pulse_record_s: 1", "rest_record_s: 10", "name: g")]
    [InlineData("cyclic_voltammetry", "start_voltage_V: 3", "vertex_1_V: 4.8", "vertex_2_V: 2", "scan_rate_mV_per_s: 0.1", "cycles: 3", "name: c")]
    [InlineData("constant_current", "current_mA: 0.5", "until_time_s: 3600", "until_voltage_V: 4.8", "until_capacity_mAh: 0.3", "record: {time_s: 5}", "id: a")]
    [InlineData("constant_voltage", "voltage_V: 4.8", "until_time_s: 3600", "until_current_mA: 0.05", "until_capacity_mAh_per_g: 100", "record: {voltage_V: 0.01}")]
    [InlineData("open_circuit_voltage", "until_time_s: 3600", "until_drift_mV_per_h: 1", "record: {time_s: 5}")]
    [InlineData("constant_power", "power_mW: -1", "until_time_s: 3600", "until_voltage_V: 2.0")]
    [InlineData("voltage_scan", "scan_rate_mV_per_s: 0.1", "until_voltage_V: 4.8", "until_time_s: 3600")]
    public void A_step_with_an_empty_member_is_read_or_refused_and_never_lost(string kind, params string[] members)
    {
        foreach (int empty in Enumerable.Range(0, members.Length))
        {
            foreach (string nothing in (string[])["", " null", " ''"])
            {
                IEnumerable<string> lines = members.Select((member, place) => place == empty ? member.Split(':')[0] + ":" + nothing : member);
                string text = $"celllab_protocol: 1\nmethod:\n  - Rest for 1 h\n  - step: {kind}\n    {string.Join("\n    ", lines)}\n";
                ProtocolReading reading = ProtocolReader.Read("t.yaml", text);
                Assert.True(
                    reading.Errors.Count > 0 ? reading.Protocol is null : reading.Protocol!.Steps is { Count: > 1 } steps && steps.All(step => step.Kind != Unread), $"{text}{string.Join('\n', reading.Errors)}");
            }
        }
    }

    [Fact]
    public void Pulses_without_a_number_are_as_many_as_there_can_be()
    {
        const string text = "celllab_protocol: 1\nmethod:\n  - {step: gitt, current_mA: -0.1, pulse_s: 600, rest_s: 3600, until_voltage_V: 2.0, pulses: }\n";

        ProtocolReading reading = ProtocolReader.Read("t.yaml", text);

        Assert.Empty(reading.Errors);
        Assert.Equal(1000, Assert.Single(reading.Protocol!.Steps.OfType<LoopBack>()).Passes);
    }
}
