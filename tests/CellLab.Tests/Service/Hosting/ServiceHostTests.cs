using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CellLab.Service.Hosting;

namespace CellLab.Tests.Service.Hosting;

/// <summary>The whole service in this process, with a broker of its own and without devices.</summary>
[Trait("Suite", "Broad")]
public sealed class ServiceHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_node_starts_answers_and_ends_in_order()
    {
        using var running = new RunningService(folder.Write("celllab.json", Configuration(FreePort())), ServiceRoles.All);
        Uri address = await running.AddressAsync(Patience);
        using var http = new HttpClient { BaseAddress = address };

        JsonElement status = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/api/v1/status"));
        using HttpResponseMessage alive = await http.GetAsync("/health/live");
        int code = await running.EndAsync(Patience);

        Assert.Equal(0, code);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(1, status.GetProperty("start_number").GetInt64());
        Assert.Contains("No cell is stopped by that", running.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.Path, "data", "logs"), "*.log"));
    }

    [Fact]
    public async Task Every_start_has_its_number()
    {
        string file = folder.Write("celllab.json", Configuration(FreePort()));
        for (int start = 1; start <= 2; start++)
        {
            using var running = new RunningService(file, ServiceRoles.Acquisition);
            Uri address = await running.AddressAsync(Patience);
            using var http = new HttpClient { BaseAddress = address };
            JsonElement status = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/api/v1/status"));
            await running.EndAsync(Patience);

            Assert.Equal(start, status.GetProperty("start_number").GetInt64());
        }
    }

    [Fact]
    public async Task The_service_ends_when_its_parent_closes_the_pipe()
    {
        var input = new PipeReaderEnd();
        using var running = new RunningService(folder.Write("celllab.json", Configuration(FreePort())), ServiceRoles.Acquisition, input);
        await running.AddressAsync(Patience);

        input.Close();

        Assert.Equal(0, await running.CodeAsync(Patience));
    }

    [Fact]
    public async Task A_second_service_on_the_same_data_is_refused()
    {
        string file = folder.Write("celllab.json", Configuration(FreePort()));
        using var first = new RunningService(file, ServiceRoles.Acquisition);
        await first.AddressAsync(Patience);

        using var second = new RunningService(file, ServiceRoles.Acquisition);

        Assert.Equal(1, await second.CodeAsync(Patience));
        Assert.Contains("in use by another CellLab service", second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await first.EndAsync(Patience));
    }

    [Fact]
    public async Task A_port_in_use_is_refused_before_anything_else_happens()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int taken = ((IPEndPoint)other.LocalEndpoint).Port;
        using var running = new RunningService(folder.Write("celllab.json", Configuration(FreePort(), taken)), ServiceRoles.Acquisition);

        Assert.Equal(1, await running.CodeAsync(Patience));
        Assert.Contains("http.url: 127.0.0.1:" + taken.ToString(CultureInfo.InvariantCulture) + " is in use", running.Errors, StringComparison.Ordinal);
        Assert.Equal(["celllab.json"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_broker_port_in_use_is_refused_before_anything_else_happens()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var running = new RunningService(
            folder.Write("celllab.json", Configuration(((IPEndPoint)other.LocalEndpoint).Port)), ServiceRoles.Acquisition);

        Assert.Equal(1, await running.CodeAsync(Patience));
        Assert.Contains("mqtt.port", running.Errors, StringComparison.Ordinal);
        Assert.Contains("celllab.json", running.Errors, StringComparison.Ordinal);
        Assert.Equal(["celllab.json"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_start_that_finds_no_port_for_its_broker_is_not_counted()
    {
        int port = FreePort();
        string file = folder.Write("celllab.json", Configuration(port));
        using (var first = new RunningService(file, ServiceRoles.Acquisition))
        {
            await first.AddressAsync(Patience);
            Assert.Equal(0, await first.EndAsync(Patience));
        }

        using (var other = new TcpListener(IPAddress.Loopback, port))
        {
            other.Start();
            using var refused = new RunningService(file, ServiceRoles.Acquisition);
            Assert.Equal(1, await refused.CodeAsync(Patience));
            Assert.Contains("mqtt.port", refused.Errors, StringComparison.Ordinal);
        }

        using var second = new RunningService(file, ServiceRoles.Acquisition);
        await second.AddressAsync(Patience);
        Assert.Contains("start 2,", second.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"driver\": \"Newer\"", "there is no driver 'Newer'")]
    [InlineData("\"driver\": \"Neware\", \"connection\": { \"kind\": \"tcp\", \"host\": \"127.0.0.1\", \"port\": 9 }, \"settings\": { \"unit\": \"A\" }", "unit")]
    public async Task A_driver_that_refuses_its_settings_ends_the_start(string device, string says)
    {
        string file = folder.Write("celllab.json", $$"""
            { "site": "t", "http": { "url": "http://127.0.0.1:0" }, "devices": [ { "id": "cycler1", {{device}} } ] }
            """);
        using var running = new RunningService(file, ServiceRoles.Acquisition);

        Assert.Equal(1, await running.CodeAsync(Patience));
        Assert.Contains("devices[0]", running.Errors, StringComparison.Ordinal);
        Assert.Contains(says, running.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dashboard_alone_and_a_missing_clock_are_refused()
    {
        string file = folder.Write("celllab.json", Configuration(FreePort()));
        using var dashboard = new RunningService(file, ServiceRoles.Dashboard);
        using var clock = new RunningService(file, ServiceRoles.Acquisition, clockFile: Path.Combine(folder.Path, "clock.json"));

        Assert.Equal(1, await dashboard.CodeAsync(Patience));
        Assert.Contains("Add acquisition", dashboard.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await clock.CodeAsync(Patience));
        Assert.Contains("clock.json", clock.Errors, StringComparison.Ordinal);
    }

    private static string Configuration(int mqttPort, int httpPort = 0) => $$"""
        { "site": "t", "http": { "url": "http://127.0.0.1:{{httpPort}}" }, "mqtt": { "port": {{mqttPort}} } }
        """;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
