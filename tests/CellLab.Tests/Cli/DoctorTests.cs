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
        CliRun run = Ready().Answering("GET /api/v1/status", Status).Answering("GET /api/v1/devices", Devices).Answering("GET /api/v1/alarms", Alarms);

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
        CliRun run = Ready().Answering("GET /api/v1/status", """{"detail":"Log in first."}""", HttpStatusCode.Unauthorized);

        Assert.Equal(1, await DoctorAsync(run));

        Assert.Contains("health of the service", run.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("give a token", run.Error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static CliRun Ready() => new CliRun().Answering("GET /health/ready", "{}");

    private Task<int> DoctorAsync(CliRun run) =>
        run.RunAsync("doctor", "--config", _folder.Write("celllab.json", """{ "site": "s", "pipelines": [], "devices": [] }"""));
}
