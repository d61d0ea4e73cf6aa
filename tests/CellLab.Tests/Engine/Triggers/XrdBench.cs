using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Units;
using CellLab.Engine;
using CellLab.HardwareSim.Bench;
using CellLab.Service.Clock;
using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Storage;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Engine.Triggers;

/// <summary>The bench <c>xrd.json</c> in this process on its real sockets, with drivers, journal and Engine over it.</summary>
internal sealed class XrdBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-xrd-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Task _bench = Task.CompletedTask;
    private ClockFileSource _clock = null!;

    public Journal Journal { get; private set; } = null!;

    public ExperimentEngine Engine { get; private set; } = null!;

    public static async Task<XrdBench> StartAsync(double speed)
    {
        var bench = new XrdBench();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string configuration = Path.Combine(bench._folder, "celllab.json");
        bench._bench = BenchHost.RunAsync(
            new BenchRunOptions { BenchFile = RepositoryFiles.PathOf("config", "benches", "xrd.json"), Speed = speed, StateDirectory = bench._folder, ConfigOut = configuration, Ready = ready.SetResult },
            TimeProvider.System, NullLoggerFactory.Instance, bench._stop.Token);
        await await Task.WhenAny(ready.Task, bench._bench);
        bench._clock = new ClockFileSource(Path.Combine(bench._folder, "clock.json"));
        var clocks = new Clocks(new LabClock(bench._clock, TimeProvider.System), TimeProvider.System);
        bench.Journal = await Journal.OpenAsync(Path.Combine(bench._folder, "data"), clocks, NullLoggerFactory.Instance, default);
        var context = new ProcessContext(ConfigurationFile.Load(configuration), new ServeOptions(), clocks, NullLoggerFactory.Instance);
        bench.Engine = new ExperimentEngine(DeviceFactory.Create(context), bench.Journal, clocks, NullLoggerFactory.Instance);
        await bench.Engine.StartAsync(default);
        await Eventually.TrueAsync(() => bench.Engine.Devices.All(device => device.State == CellLab.Core.Devices.DeviceState.Online), "the devices online");
        return bench;
    }

    /// <summary>One cycle at 0.1C with a trigger step before it.</summary>
    public async Task<Job> SubmitAsync(params (string Name, string Value)[] members)
    {
        await Journal.CommitAsync(new JournalWrite { Samples = [new Sample { Name = "lmno-1", ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250 }] }, default);
        var trigger = new OtherInstrumentStep(1, "main", "trigger", "xrd", null, CellMeanwhile.GoesOnCycling)
        {
            Members = members.Append(("target", "xrd")).Append(("exposure_s", "900")).ToDictionary(pair => pair.Item1, pair => pair.Item2),
        };
        ProgramStep[] steps = [trigger, new CurrentStep(2, "main", 5e-5, 0.1, null, 4.8), new CurrentStep(3, "main", -5e-5, -0.1, null, 2.0)];
        return await Engine.SubmitAsync(
            new Job
            {
                Id = JobId.New(), Sample = "lmno-1", SampleVersion = 1, Pipeline = "xrd-1", ProtocolName = "one cycle", ProtocolText = "{}", Base = new CRateBase(250, 2),
                Program = new CellProgram("one cycle", steps, new RecordRule(30, 0.005, null), new SafetyLimits(4.9, 1.8, 1e-4, -1e-4, null, 5), 5e-4),
                SubmittedAtUtc = DateTimeOffset.UnixEpoch, SubmittedBy = "tester",
            },
            null,
            default);
    }

    public async Task<IReadOnlyList<PatternBody>> PatternsAsync(JobId job) =>
        [.. (await Journal.ReadCompanionsAsync(job, Streams.Diffraction, 1, 1000, default)).Select(row => (PatternBody)row.Body)];

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Journal.DisposeAsync();
        await _stop.CancelAsync();
        await _bench.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _clock.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
