using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;
using CellLab.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.HardwareSim.Bench;

/// <summary>A bench in this process on real sockets, whose wall clock the test moves.</summary>
internal sealed class RunningBench : IAsyncDisposable
{
    public const string OneCabinet = """
        "cabinets": [{ "devtype": 27, "devid": 21, "units": 2, "channels_per_unit": 4 }], "fill": { "spread": false, "noise": false }
        """;

    private readonly CancellationTokenSource _stop;
    private readonly Task _run;

    private RunningBench(string folder, Task run, CancellationTokenSource stop)
    {
        Folder = folder;
        _run = run;
        _stop = stop;
    }

    public string Folder { get; }

    public required ManualTimeProvider Wall { get; init; }

    public required double Speed { get; init; }

    public BenchControlClient Control => new(Folder);

    public JsonElement Configuration => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "config.json"))).RootElement;

    public int Port => Configuration.GetProperty("devices")[0].GetProperty("connection").GetProperty("port").GetInt32();

    public string StepFolder => Configuration.GetProperty("devices")[0].GetProperty("settings").GetProperty("step_file_folder").GetString()!;

    /// <param name="members">Members of the one NEWARE device.</param>
    public static async Task<RunningBench> StartAsync(string members = OneCabinet, double speed = 1000)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-bench-").FullName;
        string file = Path.Combine(folder, "bench.json");
        await File.WriteAllTextAsync(file, $$"""{ "devices": [{ "id": "cycler1", "driver": "Neware", {{members}} }] }""");
        var wall = new ManualTimeProvider();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = new CancellationTokenSource();
        Task run = BenchHost.RunAsync(
            new BenchRunOptions { BenchFile = file, Speed = speed, StateDirectory = folder, ConfigOut = Path.Combine(folder, "config.json"), Ready = ready.SetResult },
            wall,
            NullLoggerFactory.Instance,
            stop.Token);
        await await Task.WhenAny(ready.Task, run);
        return new RunningBench(folder, run, stop) { Wall = wall, Speed = speed };
    }

    public void AdvanceLab(double seconds) => Wall.Advance(TimeSpan.FromSeconds(seconds / Speed));

    public string WriteSteps(params string[] steps)
    {
        string path = Path.Combine(StepFolder, $"{Guid.NewGuid():N}.xml");
        File.WriteAllText(path, Neware.StepFiles.Text(steps));
        return path;
    }

    public Task<BtsClient> ConnectAsync() => BtsClient.ConnectAsync(Port);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
