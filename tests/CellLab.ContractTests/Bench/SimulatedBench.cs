using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.ContractTests.Bench;

/// <summary>A simulated bench in this process, reached over its real sockets, and the driver's settings that the bench itself writes.</summary>
public sealed class SimulatedBench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-ct-").FullName;
    private readonly List<IDevice> _devices = [];
    private Task _running = Task.CompletedTask;
    private BenchCellClock? _clock;

    private SimulatedBench()
    {
    }

    /// <summary>Lab time of the bench, wall time of this process.</summary>
    public Clocks Clocks { get; private set; } = Clocks.RealTime;

    /// <summary>Of the bench's devices, in their order.</summary>
    public List<string> Ids { get; private set; } = [];

    /// <summary>Settings of the device to change before <see cref="CreateDevice"/>: path below the device, value.</summary>
    public Dictionary<string, string?> Changes { get; } = [];

    private string Configuration => Path.Combine(_folder, "celllab.json");

    public static async Task<SimulatedBench> StartAsync(double speed, string benchJson)
    {
        var bench = new SimulatedBench();
        string file = Path.Combine(bench._folder, "bench.json");
        await File.WriteAllTextAsync(file, benchJson);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new BenchRunOptions
        {
            BenchFile = file,
            Speed = speed,
            StateDirectory = bench._folder,
            ConfigOut = bench.Configuration,
            Ready = ready.SetResult,
        };
        bench._running = Task.Run(() => BenchHost.RunAsync(options, TimeProvider.System, NullLoggerFactory.Instance, bench._stop.Token));
        await await Task.WhenAny(bench._running, ready.Task);
        bench.Ids = [.. new ConfigurationBuilder().AddJsonFile(bench.Configuration).Build().GetSection("devices").GetChildren().Select(device => device["id"]!)];
        bench._clock = new BenchCellClock(bench._folder);
        bench.Clocks = new Clocks(new LabClock(bench._clock, TimeProvider.System), TimeProvider.System);
        return bench;
    }

    /// <param name="index">Which of the bench's devices.</param>
    /// <param name="module">A driver that the table does not have.</param>
    public IDevice CreateDevice(IConnector? connector = null, int index = 0, IDriverModule? module = null)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddJsonFile(Configuration).AddInMemoryCollection(
            Changes.Select(c => KeyValuePair.Create($"devices:0:{c.Key}", c.Value))).Build();
        IConfigurationSection section = configuration.GetSection($"devices:{index}");
        DeviceSetup setup = DeviceSetup.From(section) with { Connector = connector };
        if (module is not null)
        {
            setup = setup with { Settings = configuration.GetSection("none") }; // the bench wrote them for the driver of its table
        }

        IDevice device = (module ?? DriverCatalog.Find(section["driver"] ?? "", "devices[0].driver")).Create(setup, Clocks, NullLoggerFactory.Instance);
        _devices.Add(device);
        return device;
    }

    /// <summary>A member of what the bench wrote for its first device, as <c>connection:port</c>.</summary>
    public string? Configured(string path) => new ConfigurationBuilder().AddJsonFile(Configuration).Build()[$"devices:0:{path}"];

    /// <summary>What the driver takes from the settings that the bench wrote.</summary>
    public ChannelCapability CapabilityOf(string id, string channel)
    {
        IConfigurationSection section = new ConfigurationBuilder().AddJsonFile(Configuration).Build().GetSection($"devices:{Ids.IndexOf(id)}");
        return DriverCatalog.Find(section["driver"] ?? "", "driver").CapabilityOf(DeviceSetup.From(section), channel);
    }

    public Task SetFaultAsync(string name, string? channel = null, params (string Key, string Value)[] parameters) =>
        new BenchControlClient(_folder).SetAsync(name, null, channel, parameters.ToDictionary(p => p.Key, p => p.Value), CancellationToken.None);

    public Task ClearFaultAsync(string name) => new BenchControlClient(_folder).ClearAsync(name, null, null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (IDevice device in _devices)
        {
            await device.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _running;
        _clock?.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
