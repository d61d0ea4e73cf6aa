using CellLab.Core.Protocols;
using CellLab.Service.Offline;
using CellLab.Tests.Core;

namespace CellLab.Tests.Service.Offline;

/// <summary>Where nobody stated a record rule every step has its own, and so has every step of a file that states them: none gets a coarser one by a conversion.</summary>
public sealed class ExportedPeriodTests
{
    private const string Stated = """
        celllab_protocol: 1
        record: {time_s: 30, voltage_V: 0.005}
        method:
          - Charge at 0.1C until 4.8 V (5 second period)
          - {step: open_circuit_voltage, until_time_s: 3600, record: {voltage_V: 0.001}}
          - Discharge at 0.1C until 2.0 V
        """;

    [Fact]
    public void A_unicycler_file_gets_the_fastest_default_and_says_so()
    {
        ConvertedProtocol converted = Convert(RepositoryFiles.Text("config", "protocols", "cycle-life-5c-400.yaml"), ProtocolConverter.Unicycler);

        Assert.Equal(2, Read(converted, "a.json").Record.IntervalSeconds);
        string told = Assert.Single(converted.Findings, finding => finding.Message.Contains("record rules", StringComparison.Ordinal)).Message;
        Assert.Contains("the finest of them (every 2 s, 5 mV)", told, StringComparison.Ordinal);
        Assert.Contains("Charge at 0.1C until 4.8 V' would record every 30 s", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unicycler_file_gets_the_finest_of_stated_rules_too()
    {
        ConvertedProtocol converted = Convert(Stated, ProtocolConverter.Unicycler);

        Protocol back = Read(converted, "a.json");
        Assert.Equal((5, 0.001), (back.Record.IntervalSeconds, back.Record.DeltaVolts));
        Assert.Single(converted.Findings, finding => finding.Message.Contains("record rules", StringComparison.Ordinal));
    }

    [Fact]
    public void One_rule_for_all_is_no_loss() => Assert.DoesNotContain(
        Convert("celllab_protocol: 1\nmethod:\n  - Charge at 1C until 4.8 V\n  - Discharge at 0.5C until 2 V\n", ProtocolConverter.Unicycler).Findings,
        finding => finding.Message.Contains("record", StringComparison.Ordinal));

    [Fact]
    public void Experiment_strings_carry_the_interval_of_every_step_that_has_its_own()
    {
        string[] lines = Convert(RepositoryFiles.Text("config", "protocols", "cycle-life-5c-400.yaml"), ProtocolConverter.PyBamm).Text!.Split('\n');

        Assert.Equal(["Charge at 0.1C until 4.8 V", "Discharge at 0.1C until 2 V", "Charge at 5C until 4.8 V (2 second period)"], lines[..3]);
    }

    private static ConvertedProtocol Convert(string text, string target) =>
        ProtocolConverter.Convert(new ConversionRequest("t.yaml", text, target, null, null, null), TimeProvider.System);

    private static Protocol Read(ConvertedProtocol converted, string file)
    {
        ProtocolReading reading = ProtocolSource.Read(file, converted.Text!);
        Assert.Empty(reading.Errors);
        return reading.Protocol!;
    }
}
