using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine;
using CellLab.Engine.Hosted;
using CellLab.Engine.Setup;
using CellLab.Storage;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Core.Programs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>A real journal, a real Engine and a virtual output, on a lab clock fifty times as fast as the wall.</summary>
internal sealed class HostedEngineBench : IAsyncDisposable
{
    /// <summary>A busy machine is not a silent device.</summary>
    private static readonly HostedTimings s_patient = new()
    {
        CallLimit = TimeSpan.FromSeconds(30),
        OpenLimit = TimeSpan.FromSeconds(30),
        ShortestSilenceOnWall = TimeSpan.FromSeconds(60),
        OpenRepeat = TimeSpan.FromMilliseconds(100),
        WatchInterval = TimeSpan.FromMilliseconds(20),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("celllab-hosted-");
    private readonly Clocks _clocks = new(
        new LabClock(new FixedLabTime(new LabTimeSetting(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow(), 50, false)), TimeProvider.System), TimeProvider.System);

    private HostedProgramRunner _runner = null!;

    private HostedEngineBench() => Meter = new VirtualSourceMeter("psu1", new LinearCell(3.0, 2.8 / (TestPrograms.OneC * 3600), 100), _clocks.Lab);

    public VirtualSourceMeter Meter { get; }

    public Journal Journal { get; private set; } = null!;

    public ExperimentEngine Engine { get; private set; } = null!;

    public HostedTimings Timings { get; private init; } = s_patient;

    public static Task<HostedEngineBench> StartAsync() => StartAsync(new HostedEngineBench());

    /// <summary>Three seconds without data on the wall are a silence.</summary>
    public static Task<HostedEngineBench> StartImpatientAsync() =>
        StartAsync(new HostedEngineBench { Timings = s_patient with { ShortestSilenceOnWall = TimeSpan.FromSeconds(3) } });

    private static async Task<HostedEngineBench> StartAsync(HostedEngineBench bench)
    {
        await bench.OpenAsync();
        await bench.Journal.CommitAsync(
            new JournalWrite { Samples = [new Sample { Name = "lmno-1", ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250 }] }, default);
        return bench;
    }

    public async Task<Job> RunningJobAsync(params ProgramStep[] steps)
    {
        Job job = EngineBench.NewJob() with
        {
            Program = new CellProgram("hosted", steps, new RecordRule(5, null, null), new SafetyLimits(4.9, 1.8, 1e-2, -1e-2, null, 5), TestPrograms.OneC),
        };
        await Engine.SubmitAsync(job, default);
        await Eventually.TrueAsync(async () => (await Journal.CountRecordsAsync(job.Id, Streams.Cycler, default)).Count >= 2, "two rows");
        return await JobAsync(job.Id);
    }

    public async Task<Job> JobAsync(JobId job) => (await Journal.ReadJobAsync(job, default))!;

    public async Task<IReadOnlyList<RecordRow>> RowsAsync(JobId job) => await Journal.ReadRecordsAsync(job, Streams.Cycler, 1, 1000, default);

    public Task ReachesAsync(JobId job, JobState state) =>
        Eventually.TrueAsync(async () => (await JobAsync(job)).State == state, $"job in state {state}");

    public Task AlarmAsync(string prefix, string text) => Eventually.TrueAsync(
        async () => (await Journal.ReadAlarmsAsync(false, default)).Any(
            alarm => alarm.Active && alarm.Id.StartsWith(prefix, StringComparison.Ordinal) && alarm.Text.Contains(text, StringComparison.Ordinal)),
        $"alarm {prefix} that says '{text}'");

    /// <summary>The old process goes without a word: its tasks end, its output stays as it is.</summary>
    public async Task KillAndRestartAsync()
    {
        SetPoint does = Meter.Does;
        await CloseAsync();
        Meter.Switch(does); // disposing has opened it, a kill would not have
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        Journal = await Journal.OpenAsync(_folder.FullName, _clocks, NullLoggerFactory.Instance, default);
        _runner = new HostedProgramRunner(Meter, Meter, Timings, _clocks, NullLogger.Instance);
        var pipeline = new PipelineSpec(EngineBench.Pipeline, "coin", new Dictionary<string, ChannelAddress> { [PipelineSpec.CyclerRole] = Meter.Channel });
        var setup = new EngineSetup([new DeviceRegistration(_runner, "Virtual", true)], [pipeline])
        {
            Timings = new EngineTimings { FirstReconnectDelay = TimeSpan.FromMilliseconds(5), MaxReconnectDelay = TimeSpan.FromMilliseconds(50), StopRepeat = TimeSpan.FromMilliseconds(200) },
            HostedTimings = Timings,
        };
        Engine = new ExperimentEngine(setup, Journal, _clocks, NullLoggerFactory.Instance);
        await Engine.StartAsync(default);
        await Eventually.TrueAsync(() => Engine.Devices[0].State == DeviceState.Online || Meter.Before is not null, "device online");
    }

    private async Task CloseAsync()
    {
        await Engine.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
