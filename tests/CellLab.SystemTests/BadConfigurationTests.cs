using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>Wrong configurations: the service does not start, says where and what to do, and leaves no data behind.</summary>
public sealed class BadConfigurationTests : IDisposable
{
    private const string Good = """
        {
          "site": "lab", "node": "n1", "http": {"url": "http://127.0.0.1:8070"}, "mqtt": {"host": "127.0.0.1", "port": 18830},
          "pipelines": [{"id": "p1", "holder": "coin", "roles": {"cycler": "cycler1.21-1-1"}}],
          "devices": [{"id": "cycler1", "driver": "Neware", "simulated": true,
            "connection": {"kind": "tcp", "host": "127.0.0.1", "port": 9, "user": "admin", "password": "neware"},
            "settings": {"step_file_folder": "steps", "step_file_folder_on_bts": "C:\\steps", "time_zone": "UTC", "units": "A"}}]
        }
        """;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Wrong => new()
    {
        { "unknown-member", "sites" },
        { "unknown-driver", "Newaer" },
        { "unknown-setting", "step_folder" },
        { "pipeline-without-device", "cycler9" },
        { "device-twice", "cycler1" },
        { "site-with-blank", "my lab" },
        { "public-address", "0.0.0.0" },
        { "no-port", "port" },
        { "wrong-units", "kA" },
        { "wrong-time-zone", "Mars/Olympus" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_configuration_is_refused_and_nothing_is_made(string what, string named)
    {
        string file = folder.Write("celllab.json", Broken(what).ToJsonString());

        RunResult result = await App.RunAsync("serve", "--config", file);

        Assert.True(result.ExitCode == 1, $"{what}: {result}");
        Assert.Contains(named, result.Reason, StringComparison.Ordinal);
        Assert.Contains("celllab.json", result.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["data/journal.db"]), "a journal was made");
    }

    [Fact]
    public async Task A_file_that_is_no_JSON_is_named_with_line_and_column()
    {
        string file = folder.Write("celllab.json", "{\n  \"site\": lab\n}");
        RunResult result = await App.RunAsync("serve", "--config", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("celllab.json:2:", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_setting_is_named_with_its_line_and_what_was_meant()
    {
        string file = folder.Write("celllab.json", Good.Replace("\"units\"", "\"unts\"", StringComparison.Ordinal));
        RunResult result = await App.RunAsync("serve", "--config", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("celllab.json:6: device 'cycler1': devices[0].settings.unts: is not a setting of this driver; did you mean 'units'?", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        RunResult result = await App.RunAsync("serve", "--config", folder["no-such.json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no-such.json", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_named()
    {
        RunResult result = await App.RunAsync("serve", "--config", folder.Write("celllab.json", Good), "--role", "acquisition,cooking");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cooking", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_without_a_bench_is_refused()
    {
        string file = folder.Write("celllab.json", OnFreePorts().ToJsonString());
        RunResult result = await App.RunAsync("serve", "--config", file, "--clock", folder["clock.json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("clock", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        JsonNode configuration = OnFreePorts();
        configuration["http"]!["url"] = $"http://127.0.0.1:{port}";

        RunResult result = await App.RunAsync("serve", "--config", folder.Write("celllab.json", configuration.ToJsonString()));

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains($"{port}", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_broker_is_named_with_the_package_that_brings_it()
    {
        string file = folder.Write("celllab.json", OnFreePorts().ToJsonString());
        var request = new RunRequest { Variables = new Dictionary<string, string?> { ["PATH"] = folder.Path, ["CELLLAB_MOSQUITTO"] = folder["no-broker"] } };

        RunResult result = await App.RunAsync(request, "serve", "--config", file);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("mosquitto", result.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]), "a data folder was made");
    }

    /// <summary>A limit on the size of files stands for the full disk: the journal cannot be made.</summary>
    [Fact]
    public async Task A_full_disk_is_named_with_the_file_that_could_not_be_written()
    {
        string file = folder.Write("celllab.json", OnFreePorts().ToJsonString());
        var request = new RunRequest
        {
            Wrapper = ["sh", "-c", "trap '' XFSZ; exec prlimit --fsize=16384 \"$@\"", "sh"],
            Variables = new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };

        RunResult result = await App.RunAsync(request, "serve", "--config", file);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("journal", result.Reason, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => folder.Dispose();

    private static JsonNode OnFreePorts()
    {
        JsonNode configuration = JsonNode.Parse(Good)!;
        configuration["http"]!["url"] = $"http://127.0.0.1:{Ports.Free()}";
        configuration["mqtt"]!["port"] = Ports.Free();
        return configuration;
    }

    private static JsonNode Broken(string what)
    {
        JsonNode configuration = OnFreePorts();
        JsonNode device = configuration["devices"]![0]!;
        switch (what)
        {
            case "unknown-member": configuration["sites"] = "x"; break;
            case "unknown-driver": device["driver"] = "Newaer"; break;
            case "unknown-setting": device["settings"]!["step_folder"] = "x"; break;
            case "pipeline-without-device": configuration["pipelines"]![0]!["roles"]!["cycler"] = "cycler9.21-1-1"; break;
            case "device-twice": configuration["devices"]!.AsArray().Add(device.DeepClone()); break;
            case "site-with-blank": configuration["site"] = "my lab"; break;
            case "public-address": configuration["http"]!["url"] = "http://0.0.0.0:8070"; break;
            case "no-port": device["connection"]!.AsObject().Remove("port"); break;
            case "wrong-units": device["settings"]!["units"] = "kA"; break;
            case "wrong-time-zone": device["settings"]!["time_zone"] = "Mars/Olympus"; break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, "no such case");
        }

        return configuration;
    }
}
