using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Service.Telemetry;

namespace CellLab.Tests.Service.Telemetry;

public sealed class TelemetryReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_the_section_nothing_is_sent() => Assert.Null(Load("\"node\": \"n1\""));

    [Fact]
    public void An_address_is_enough()
    {
        TelemetrySettings settings = Load("\"telemetry\": { \"endpoint\": \"http://127.0.0.1:4318\" }")!;

        Assert.Equal(new TelemetrySettings(new Uri("http://127.0.0.1:4318"), TelemetryProtocol.HttpProtobuf), settings);
        Assert.Empty(CollectorHeaders.Read(settings));
    }

    [Fact]
    public void Headers_come_from_a_file_that_is_read_each_time()
    {
        folder.Write("otlp.txt", "Authorization: Bearer a:b=\n\nX-Scope-OrgID: lab\n");
        TelemetrySettings settings = Load("\"telemetry\": { \"endpoint\": \"https://otlp.example.org/in\", \"headers_file\": \"otlp.txt\" }")!;

        Assert.Equal([new("Authorization", "Bearer a:b="), new("X-Scope-OrgID", "lab")], CollectorHeaders.Read(settings));
        folder.Write("otlp.txt", "Authorization: Bearer new");
        Assert.Equal("Bearer new", Assert.Single(CollectorHeaders.Read(settings)).Value);
        Assert.DoesNotContain("Bearer", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_come_from_the_environment_as_OpenTelemetry_writes_them()
    {
        const string Variable = "CELLLAB_TEST_OTLP_HEADERS";
        Environment.SetEnvironmentVariable(Variable, "authorization=Bearer%20a,x-tenant=lab");

        TelemetrySettings settings = Load($$"""
            "telemetry": { "endpoint": "http://127.0.0.1:4318", "headers_environment": "{{Variable}}" }
            """)!;

        Assert.Equal([new("authorization", "Bearer a"), new("x-tenant", "lab")], CollectorHeaders.Read(settings));
    }

    [Theory]
    [InlineData("{ }", "telemetry.endpoint: missing")]
    [InlineData("""{ "endpoint": "collector:4318" }""", "telemetry.endpoint: no address of a collector")]
    [InlineData("""{ "endpoint": "https://user:secret@c.example.org" }""", "telemetry.endpoint: no address of a collector")]
    [InlineData("""{ "endpoint": "http://c", "protocol": "http/json" }""", "telemetry.protocol: 'http/json'")]
    [InlineData("""{ "endpoint": "http://c", "interval_s": 0 }""", "telemetry.interval_s: 0 is out of range")]
    [InlineData("""{ "endpoint": "http://c", "headers_file": "none.txt" }""", "telemetry.headers_file:")]
    [InlineData("""{ "endpoint": "http://c", "headers_file": "bad.txt" }""", "telemetry.headers_file: line 1 is no name and value")]
    [InlineData("""{ "endpoint": "http://c", "headers_environment": "CELLLAB_TEST_NOT_THERE" }""", "the environment has no CELLLAB_TEST_NOT_THERE")]
    [InlineData("""{ "endpoint": "http://c", "headers_file": "bad.txt", "headers_environment": "X" }""", "headers_environment stands there too")]
    [InlineData("""{ "endpoint": "http://c", "headers": "a" }""", "telemetry.headers: unknown member")]
    public void What_cannot_be_right_is_refused_by_its_path_and_shows_no_secret(string telemetry, string reason)
    {
        folder.Write("bad.txt", "only-a-secret");

        string message = Assert.Throws<StartRefusedException>(() => Load($"\"telemetry\": {telemetry}")).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message.Replace("what is secret", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private TelemetrySettings? Load(string member) => ConfigurationFile.Load(
        folder.Write("celllab.json", $$"""{ "site": "s", "pipelines": [], "devices": [], {{member}} }""")).Telemetry;
}
