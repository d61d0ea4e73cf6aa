using CellLab.Service.Hosting;
using CellLab.Service.Options;

namespace CellLab.Tests.Service.Options;

public sealed class ConfigurationRulesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_devices_of_one_name_are_refused()
    {
        string file = folder.Write("c.json", File("""{ "id": "a", "driver": "Neware" }, { "id": "a", "driver": "Neware" }""", ""));

        AssertRefused(file, "devices[1].id: 'a' stands there twice");
    }

    [Fact]
    public void Two_pipelines_of_one_name_are_refused()
    {
        string file = folder.Write("c.json", File(
            """{ "id": "a", "driver": "Neware" }""",
            """{ "id": "p", "roles": { "cycler": "a.1" } }, { "id": "p", "roles": { "cycler": "a.2" } }"""));

        AssertRefused(file, "pipelines[1].id: 'p' stands there twice");
    }

    [Fact]
    public void One_channel_in_two_pipelines_is_refused()
    {
        string file = folder.Write("c.json", File(
            """{ "id": "a", "driver": "Neware" }""",
            """{ "id": "p", "roles": { "cycler": "a.1" } }, { "id": "q", "roles": { "cycler": "a.1" } }"""));

        AssertRefused(file, "pipelines[1].roles.cycler: channel a.1 belongs to pipeline 'p' already");
    }

    [Fact]
    public void A_potentiostat_may_cycle_its_cell_and_measure_its_impedance_but_not_another_ones()
    {
        ServiceConfiguration own = ConfigurationFile.Load(folder.Write("own.json", File(
            """{ "id": "a", "driver": "MethodScript" }""", """{ "id": "p", "roles": { "cycler": "a.1", "eis": "a.1" } }""")));
        string file = folder.Write("c.json", File(
            """{ "id": "a", "driver": "MethodScript" }""",
            """{ "id": "p", "roles": { "cycler": "a.1" } }, { "id": "q", "roles": { "cycler": "a.2", "eis": "a.1" } }"""));

        Assert.Equal(own.Pipelines[0].Roles["cycler"], own.Pipelines[0].Roles["eis"]);
        AssertRefused(file, "pipelines[1].roles.eis: channel a.1 belongs to pipeline 'p' already");
    }

    [Fact]
    public void A_fast_clock_is_refused_for_a_real_device_and_allowed_for_simulated_ones()
    {
        ServiceConfiguration real = ConfigurationFile.Load(folder.Write("r.json", File("""{ "id": "a", "driver": "Neware" }""", "")));
        ServiceConfiguration simulated = ConfigurationFile.Load(
            folder.Write("s.json", File("""{ "id": "a", "driver": "Neware", "simulated": true }""", "")));

        var refused = Assert.Throws<StartRefusedException>(() => ConfigurationRules.CheckSpeed(real, 5000));

        Assert.Contains("devices[0]: 'a' is a real device", refused.Message, StringComparison.Ordinal);
        ConfigurationRules.CheckSpeed(real, 1);
        ConfigurationRules.CheckSpeed(simulated, 5000);
    }

    private static string File(string devices, string pipelines) =>
        $$"""{ "site": "lab1", "devices": [ {{devices}} ], "pipelines": [ {{pipelines}} ] }""";

    private static void AssertRefused(string file, string says) =>
        Assert.StartsWith($"{file}:1: {says}", Assert.Throws<StartRefusedException>(() => ConfigurationFile.Load(file)).Message, StringComparison.Ordinal);
}
