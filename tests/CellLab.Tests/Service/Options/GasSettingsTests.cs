using CellLab.Core.Devices;
using CellLab.Engine.Setup;
using CellLab.Service.Hosting;
using CellLab.Service.Options;

namespace CellLab.Tests.Service.Options;

/// <summary>What a pipeline says about its leads and its gas line.</summary>
public sealed class GasSettingsTests : IDisposable
{
    private const string Line = """
        "masses": [28, 32, 36, 44], "interval_s": 20, "carrier": { "flow_ml_min": 0.5, "reference_c": 25, "reference_kpa": 101.325, "uncertainty": 0.01 }, "on_failure": "hold", "chamber_pa": 1.3e-3
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Wiring_and_gas_line_are_read()
    {
        PipelineEntry pipeline = Assert.Single(Load(Pipeline($$"""{ {{Line}} }""", """{ "eis": "by-hand" }""")).Pipelines);

        Assert.Equal(Wiring.ByHand, pipeline.Wiring["eis"]);
        GasSetup gas = pipeline.Gas!;
        Assert.Equal([28.0, 32.0, 36.0, 44.0], gas.Masses);
        Assert.Equal((TimeSpan.FromSeconds(20), GasLoss.Hold, 1.3e-3, null), (gas.Interval, gas.OnFailure, gas.ChamberPascals, gas.Panel));
        Assert.Equal(new CarrierFlow(0.5, 25, 101325, 0.01), gas.Carrier);
    }

    [Theory]
    [InlineData("""{ "masses": [32], "interval_s": 20 }""", "pipelines[0].gas: neither panel nor carrier")]
    [InlineData("""{ "masses": [32], "interval_s": 20, "carrier": { "flow_ml_min": 0.5, "reference_kpa": 101.325, "uncertainty": 0.01 } }""", "pipelines[0].gas.carrier.reference_c: missing")]
    [InlineData("""{ "masses": [], "interval_s": 20, "panel": "rga1" }""", "pipelines[0].gas.masses:")]
    [InlineData("""{ "masses": [32, "O2"], "interval_s": 20, "panel": "rga1" }""", "pipelines[0].gas.masses:")]
    [InlineData("""{ "masses": [32], "interval_s": 0, "panel": "rga1" }""", "pipelines[0].gas.interval_s: 0 is out of range")]
    [InlineData("""{ "masses": [32], "interval_s": 20, "panel": "panel9" }""", "pipelines[0].gas.panel: there is no device 'panel9'")]
    [InlineData("""{ "masses": [32], "interval_s": 20, "panel": "rga1", "on_failure": "pray" }""", "pipelines[0].gas.on_failure: 'pray' is not known")]
    public void What_cannot_be_right_is_refused_by_its_path(string gas, string reason) =>
        Assert.Contains(reason, Assert.Throws<StartRefusedException>(() => Load(Pipeline(gas, "{}"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "eis": "somehow" }""", "pipelines[0].wiring.eis: 'somehow' is not known")]
    [InlineData("""{ "xrd": "wired" }""", "pipelines[0].wiring.xrd: the pipeline has no such role")]
    public void A_wiring_that_is_none_is_refused(string wiring, string reason) =>
        Assert.Contains(reason, Assert.Throws<StartRefusedException>(() => Load(Pipeline($$"""{ {{Line}} }""", wiring))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "eis": "pray" }""", "pipelines[0].on_failure.eis: 'pray' is not known")]
    [InlineData("""{ "xrd": "stop" }""", "pipelines[0].on_failure.xrd: expected a role eis or xrd of this pipeline")]
    [InlineData("""{ "ms": "stop" }""", "pipelines[0].on_failure.ms: expected a role eis or xrd of this pipeline")]
    public void A_rule_for_a_failure_that_is_none_is_refused(string rules, string reason) => Assert.Contains(
        reason, Assert.Throws<StartRefusedException>(() => Load(Pipeline($$"""{ {{Line}} }""", "{}").Replace("\"wiring\": {}", $"\"on_failure\": {rules}", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_rule_of_a_role_is_read() => Assert.Equal(
        GasLoss.Stop, Load(Pipeline($$"""{ {{Line}} }""", "{}").Replace("\"wiring\": {}", "\"on_failure\": { \"eis\": \"stop\" }", StringComparison.Ordinal)).Pipelines[0].OnFailure["eis"]);

    private ServiceConfiguration Load(string pipeline) => ConfigurationFile.Load(folder.Write("celllab.json", $$"""
        {
          "site": "lab1", "pipelines": [ {{pipeline}} ],
          "devices": [ { "id": "cycler1", "driver": "Neware" }, { "id": "pstat1", "driver": "MethodScript" }, { "id": "rga1", "driver": "SrsRga" } ]
        }
        """));

    private static string Pipeline(string gas, string wiring) => $$"""
        { "id": "dems-1", "holder": "dems-flow", "roles": { "cycler": "cycler1.27-1-1", "eis": "pstat1.1", "ms": "rga1.gas" }, "wiring": {{wiring}}, "gas": {{gas}} }
        """;
}
