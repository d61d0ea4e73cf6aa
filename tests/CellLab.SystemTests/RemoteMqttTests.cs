using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CellLab.SystemTests.Harness;
using CellLab.TestKit.Receivers;

namespace CellLab.SystemTests;

/// <summary>The node's own broker on an address of the machine's network, as docs/how-to/safe-remote-access.md sets it up.</summary>
public sealed class RemoteMqttTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Ports.Free();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Beyond_loopback_a_viewer_reads_over_TLS_and_publishes_nothing_and_without_TLS_nobody_comes_in()
    {
        if (OwnAddress() is not { } address)
        {
            return; // a machine without a network has nothing beyond loopback
        }

        using var authority = new OwnAuthority();
        using var stranger = new OwnAuthority();
        Configure(address, authority);
        string ca = _folder.Write("authority.pem", authority.Pem);
        string token = await MakeUsersAsync();
        await using var service = new Child("service", App.Start(new RunRequest(), "serve", "--config", _folder["celllab.json"], "--role", "acquisition"));
        await Eventually.GetAsync("the service to listen", s_limit, () => Task.FromResult(service.Said), said => said.Contains("listening on", StringComparison.Ordinal));

        string[] viewer = ["-h", address, "-u", token.Split('_')[1], "-P", token];
        (int read, string status) = await RunAsync("mosquitto_sub", [.. viewer, "--cafile", ca, "-t", "celllab/v1/#", "-C", "1", "-W", "30"]);
        (_, string published) = await RunAsync("mosquitto_pub", [.. viewer, "--cafile", ca, "-q", "1", "-t", "celllab/v1/s/node/n/status", "-m", "x"]);
        (int plain, _) = await RunAsync("mosquitto_sub", [.. viewer, "-t", "#", "-C", "1", "-W", "3"]);
        (int deceived, _) = await RunAsync("mosquitto_sub", [.. viewer, "--cafile", _folder.Write("stranger.pem", stranger.Pem), "-t", "#", "-C", "1", "-W", "3"]);
        (int nameless, string refused) = await RunAsync("mosquitto_sub", ["-h", address, "--cafile", ca, "-t", "#", "-C", "1", "-W", "3"]);

        Assert.True(read == 0 && status.Contains("node-status", StringComparison.Ordinal), $"{read} {status}\n{service}");
        Assert.Contains("Not authorized", published, StringComparison.Ordinal);
        Assert.NotEqual(0, plain);
        Assert.NotEqual(0, deceived);
        Assert.True(nameless != 0 && refused.Contains("not authori", StringComparison.OrdinalIgnoreCase), refused);
    }

    private static string? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address).FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)?.ToString();

    private void Configure(string address, OwnAuthority authority)
    {
        using X509Certificate2 certificate = authority.Issue(address);
        _folder.Write("server.crt", certificate.ExportCertificatePem());
        _folder.Write("server.key", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _folder.Write("celllab.json", string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "site": "s", "http": { "url": "https://{{address}}:{{Ports.Free()}}", "certificate": { "file": "server.crt", "key": "server.key" } },
              "mqtt": { "host": "{{address}}", "port": {{_port}} }, "pipelines": [], "devices": []
            }
            """));
    }

    /// <summary>The token of the viewer.</summary>
    private async Task<string> MakeUsersAsync()
    {
        await MustAsync("user", "add", "ada", "--role", "admin");
        await MustAsync("user", "add", "vera", "--role", "viewer");
        return (await MustAsync("token", "add", "vera")).Output.Trim();
    }

    private async Task<RunResult> MustAsync(params string[] arguments)
    {
        RunResult result = await App.RunAsync(new RunRequest { Input = "correct horse battery staple\n" }, [.. arguments, "--config", _folder["celllab.json"]]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    private async Task<(int Code, string Said)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "-V", "mqttv5", "-p", _port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + error);
    }
}
