using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CellLab.SystemTests.Harness;

/// <summary>Bench and service as processes of the built executable, in a folder of their own.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly LabOptions options;
    private readonly List<Child> all = [];

    private Lab(LabOptions options)
    {
        this.options = options;
        Api = new Api(HttpPort);
    }

    public TemporaryFolder Folder { get; } = new();

    public int HttpPort { get; } = Ports.Free();

    public int MqttPort { get; } = Ports.Free();

    public Api Api { get; }

    public Child Bench { get; private set; } = null!;

    public Child Service { get; private set; } = null!;

    public Child? Analysis { get; private set; }

    public string BenchState => Folder["bench"];

    public string Configuration => Folder["celllab.json"];

    public static async Task<Lab> StartAsync(LabOptions? options = null)
    {
        var lab = new Lab(options ?? new LabOptions());
        try
        {
            await lab.StartBenchAsync();
            await lab.ConfigureAsync();
            await lab.StartServiceAsync();
            if (lab.options.SeparateAnalysis)
            {
                lab.StartAnalysis();
            }

            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <param name="lost">A device that does not come online.</param>
    public async Task StartServiceAsync(string? lost = null)
    {
        string roles = options.SeparateAnalysis ? "acquisition,dashboard" : "acquisition,analysis,dashboard";
        Service = Run("service", options.ServiceWrapper, "serve", "--config", Configuration, "--clock", Path.Combine(BenchState, "clock.json"), "--role", roles);
        await Eventually.GetAsync(
            "every device to be online", StartLimit,
            async () =>
            {
                Assert.False(Service.HasEnded, Service.ToString());
                return await StatesOfDevicesAsync(lost);
            },
            states => states == "Online");
    }

    private async Task ConfigureAsync()
    {
        if (options.Configure is { } configure)
        {
            JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(Configuration))!;
            configure(document);
            await File.WriteAllTextAsync(Configuration, document.ToJsonString());
        }
    }

    public void StartAnalysis() => Analysis = Run(
        "analysis", [], "serve", "--config", Configuration, "--clock", Path.Combine(BenchState, "clock.json"), "--role", "analysis");

    /// <summary>Runs a client verb against this laboratory's service.</summary>
    public Task<RunResult> CliAsync(params string[] arguments) => App.RunAsync(Request(), arguments);

    public RunRequest Request() => new()
    {
        Variables = new Dictionary<string, string?> { ["CELLLAB_URL"] = $"http://127.0.0.1:{HttpPort}" },
        Limit = TimeSpan.FromMinutes(5),
    };

    /// <summary>Submits by the command line, which registers the sample on the way, and returns the job.</summary>
    public async Task<string> SubmitAsync(string protocolFile, string pipeline = "coin-1", string sample = "s1")
    {
        RunResult result = await CliAsync(
            "job", "submit", protocolFile, "--pipeline", pipeline, "--sample", sample, "--mass", "2.00mg", "--capacity", "250mAh/g", "--json");
        Assert.True(result.ExitCode == 0, $"{result}\n{Service}");
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("job").GetString()!;
    }

    public async Task SetFaultAsync(string name, params string[] more)
    {
        RunResult result = await App.RunAsync(["sim", "fault", "set", name, .. more, "--state", BenchState]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public async Task ClearFaultAsync(string name)
    {
        RunResult result = await App.RunAsync("sim", "fault", "clear", name, "--state", BenchState);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Child child in Enumerable.Reverse(all))
        {
            await child.DisposeAsync();
        }

        Api.Dispose();
        Folder.Dispose();
    }

    private async Task StartBenchAsync()
    {
        string? named = options.BenchText is { } text ? Folder.Write("bench.json", text) : options.Bench is { } path ? Path.Combine(App.Root, path) : null;
        string[] file = named is null ? [] : ["--bench", named];
        Bench = Run(
            "bench", [], ["sim", .. file, "--speed", options.Speed.ToString(CultureInfo.InvariantCulture), "--state", BenchState, "--config-out", Configuration,
            "--http-port", HttpPort.ToString(CultureInfo.InvariantCulture), "--mqtt-port", MqttPort.ToString(CultureInfo.InvariantCulture)]);
        await Eventually.TrueAsync("the bench to listen", StartLimit, () => File.Exists(Configuration) || Bench.HasEnded);
        Assert.False(Bench.HasEnded, Bench.ToString());
    }

    /// <summary>The one state that all devices are in, or all of them.</summary>
    private async Task<string> StatesOfDevicesAsync(string? but)
    {
        try
        {
            JsonElement devices = await Api.GetAsync("devices");
            return string.Join(", ", devices.GetProperty("devices").EnumerateArray().Where(device => device.GetProperty("id").GetString() != but).Select(device => device.GetProperty("state").GetString()).Distinct());
        }
        catch (HttpRequestException away)
        {
            return away.Message;
        }
    }

    private Child Run(string name, string[] wrapper, params string[] arguments)
    {
        var child = new Child(name, App.Start(new RunRequest { Wrapper = wrapper }, arguments));
        all.Add(child);
        return child;
    }
}
