using CellLab.Service.Options;
using CellLab.Service.Reloading;

namespace CellLab.Tests.Service.Reloading;

public sealed class ConfigurationChangeTests : IDisposable
{
    private const string Before = """
        {
          "site": "lab1", "node": "n1", "data": "data", "start_lateness_min": 60, "alarms": { "disk_free_gb": 1 },
          "pipelines": [ { "id": "a", "roles": { "cycler": "c1.1-1-1" } }, { "id": "b", "roles": { "cycler": "c2.1-1-1" } } ],
          "devices": [ { "id": "c1", "driver": "Neware", "settings": { "units": "A" } }, { "id": "c2", "driver": "Neware" } ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_file_changes_nothing_and_so_does_another_order()
    {
        ConfigurationChange change = Between("\"devices\": [ {", "\"devices\": [ {");
        ConfigurationChange reordered = Between(
            """{ "id": "c1", "driver": "Neware", "settings": { "units": "A" } }, { "id": "c2", "driver": "Neware" }""",
            """{ "id": "c2", "driver": "Neware" }, { "settings": { "units": "A" }, "driver": "Neware", "id": "c1" }""");

        Assert.Empty(change.Describe());
        Assert.Empty(change.NeedRestart);
        Assert.Empty(reordered.Describe());
    }

    [Theory]
    [InlineData("\"units\": \"A\"", "\"units\": \"mA\"", "device c1 changed")]
    [InlineData("\"id\": \"c2\", \"driver\": \"Neware\"", "\"id\": \"c2\", \"driver\": \"Neware\", \"simulated\": true", "device c2 changed")]
    [InlineData("{ \"id\": \"a\", \"roles\"", "{ \"id\": \"a\", \"holder\": \"pouch\", \"roles\"", "pipeline a changed")]
    [InlineData("\"id\": \"b\"", "\"id\": \"new\"", "pipeline new added, pipeline b removed")]
    [InlineData("\"disk_free_gb\": 1", "\"disk_free_gb\": 2", "alarms changed")]
    [InlineData("\"data\": \"data\"", "\"data\": \"data\", \"archive\": { \"folder\": \"old\" }", "archive changed")]
    [InlineData("\"data\": \"data\"", "\"data\": \"data\", \"notify\": { \"digest_at\": \"06:00\" }", "notify changed")]
    public void What_can_change_live_is_named(string was, string becomes, string expected)
    {
        ConfigurationChange change = Between(was, becomes);

        Assert.Equal(expected, string.Join(", ", change.Describe()));
        Assert.Empty(change.NeedRestart);
    }

    [Theory]
    [InlineData("\"site\": \"lab1\"", "\"site\": \"lab2\"", "site")]
    [InlineData("\"data\": \"data\"", "\"data\": \"elsewhere\"", "data")]
    [InlineData("\"start_lateness_min\": 60", "\"start_lateness_min\": 5", "start_lateness_min")]
    [InlineData("\"node\": \"n1\"", "\"node\": \"n1\", \"http\": { \"url\": \"http://127.0.0.1:9000\" }", "http.url")]
    [InlineData("\"node\": \"n1\"", "\"node\": \"n1\", \"http\": { \"trusted_proxies\": [\"127.0.0.1\", \"10.1.0.0/16\"] }", "http.trusted_proxies")]
    [InlineData("\"node\": \"n1\"", "\"node\": \"n1\", \"mqtt\": { \"port\": 1 }", "mqtt")]
    [InlineData("\"node\": \"n1\"", "\"node\": \"n1\", \"access\": { \"session_hours\": 2 }", "access")]
    [InlineData("\"node\": \"n1\"", "\"node\": \"n1\", \"telemetry\": { \"endpoint\": \"http://127.0.0.1:4318\" }", "telemetry")]
    public void What_needs_a_restart_is_named(string was, string becomes, string expected)
    {
        ConfigurationChange change = Between(was, becomes);

        Assert.Empty(change.Describe());
        Assert.Equal(expected, Assert.Single(change.NeedRestart));
    }

    private ConfigurationChange Between(string was, string becomes)
    {
        Assert.Contains(was, Before, StringComparison.Ordinal);
        ServiceConfiguration before = ConfigurationFile.Load(folder.Write("celllab.json", Before));
        ServiceConfiguration after = ConfigurationFile.Load(folder.Write("celllab.json", Before.Replace(was, becomes, StringComparison.Ordinal)));
        return new ConfigurationChange(before, after);
    }
}
