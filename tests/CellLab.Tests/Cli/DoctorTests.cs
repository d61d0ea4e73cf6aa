using System.Net;
using CellLab.Tests.Service;

namespace CellLab.Tests.Cli;

public sealed class DoctorTests : IDisposable
{
    private const string Status = """{"broker":{"connected":true}}""";
    private const string Devices = """
        {"devices":[{"id":"cycler1","state":"Online","last_error":null},{"id":"rga1","state":"Faulted","last_error":"rga1: no answer within 2 s"}]}
        """;
    private const string Alarms = """
        {"alarms":[{"id":"disk-forecast","active":true,"text":"The disk is full in 3 days"},{"id":"clock","active":false,"text":"set by 65 min"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_service_that_runs_is_asked_for_its_broker_devices_clock_and_disk()
    {
        CliRun run = Live().Answering("GET /api/v1/status", Status).Answering("GET /api/v1/devices", Devices).Answering("GET /api/v1/alarms", Alarms);

        Assert.Equal(1, await DoctorAsync(run));

        string[] lines = run.Out.ToString().Split('\n');
        Assert.Contains(lines, line => line.StartsWith("device cycler1", StringComparison.Ordinal) && line.Contains(" ok ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("device rga1", StringComparison.Ordinal) && line.Contains("WRONG", StringComparison.Ordinal) && line.Contains("no answer within 2 s", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("disk forecast", StringComparison.Ordinal) && line.Contains("full in 3 days", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("clock", StringComparison.Ordinal) && line.Contains(" ok ", StringComparison.Ordinal));
        Assert.Contains("celllab device probe rga1", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_may_not_be_asked_is_said_so()
    {
        CliRun run = Live().Answering("GET /api/v1/status", """{"detail":"Log in first."}""", HttpStatusCode.Unauthorized);

        Assert.Equal(1, await DoctorAsync(run));

        Assert.Contains("health of the service", run.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("give a token", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", " ok ")]
    [InlineData("1000000", "WRONG")]
    public async Task Room_on_the_disk_is_judged_by_the_limit_of_the_configuration(string gigabytes, string verdict)
    {
        var run = new CliRun();
        string file = _folder.Write("celllab.json", $$"""{ "site": "s", "pipelines": [], "devices": [], "alarms": { "disk_free_gb": {{gigabytes}} } }""");

        await run.RunAsync("doctor", "--config", file);

        Assert.Contains(
            run.Out.ToString().Split('\n'),
            line => line.StartsWith("disk ", StringComparison.Ordinal) && line.Contains(verdict, StringComparison.Ordinal) && line.Contains($"{gigabytes} GB asked for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_on_an_address_that_the_machine_does_not_have_is_not_told_to_be_in_use()
    {
        var run = new CliRun();

        await run.RunAsync("doctor", "--config", _folder.Write("celllab.json", """{ "site": "s", "pipelines": [], "devices": [], "mqtt": { "host": "192.0.2.7" } }"""));

        Assert.Contains("192.0.2.7 is no address of this machine", run.Out.ToString(), StringComparison.Ordinal); // kept free for documentation (RFC 5737)
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>With a device lost it is not ready.</summary>
    private static CliRun Live() => new CliRun().Answering("GET /health/live", "{}").Answering("GET /health/ready", "{}", HttpStatusCode.ServiceUnavailable);

    private Task<int> DoctorAsync(CliRun run) =>
        run.RunAsync("doctor", "--config", _folder.Write("celllab.json", """{ "site": "s", "pipelines": [], "devices": [] }"""));
}
