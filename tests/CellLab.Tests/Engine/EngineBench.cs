using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Units;
using CellLab.Engine;
using CellLab.Engine.Operated;
using CellLab.Engine.Setup;
using CellLab.Storage;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Engine;

/// <summary>A real journal in a folder of its own, a scripted instrument, and an Engine that can be "killed" and made anew over both.</summary>
internal sealed class EngineBench : IAsyncDisposable
{
    public const string Pipeline = "coin-1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("celllab-engine-");
    private readonly SaidLog _log = new();
    private bool _operated;

    public ScriptedCycler Cycler { get; } = new("cycler1", "a", "b");

    /// <summary>A second instrument on the cell of the first pipeline; null for none. In force from the next start of the Engine, as what follows.</summary>
    public ScriptedAnalyzer? Analyzer { get; private set; }

    public Wiring Wiring { get; set; } = Wiring.Wired;

    /// <summary>Further devices, and what the first pipeline says about them.</summary>
    public IReadOnlyList<IDevice> Beside { get; private set; } = [];

    public Func<PipelineSpec, PipelineSpec> Shape { get; private set; } = pipeline => pipeline;

    public TimeSpan StartLateness { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a lease stands that was granted; in force from the next start of the Engine.</summary>
    public TimeSpan LeaseValidity { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A pipeline coin-9 on a channel that the instrument does not have; in force from the next start of the Engine.</summary>
    public bool AbsentChannelConfigured { get; set; }

    /// <summary>What the Engine has logged, over all its starts.</summary>
    public IReadOnlyCollection<string> Said => _log.Lines;

    public ScriptedChannel Cell => Cycler["a"];

    public Journal Journal { get; private set; } = null!;

    public FullDiskJournal Disk { get; private set; } = null!;

    public ExperimentEngine Engine { get; private set; } = null!;

    /// <param name="operated">The instrument can only be watched: a person starts and stops its tests.</param>
    /// <param name="analyzer">It shares its cell with a potentiostat.</param>
    public static async Task<EngineBench> StartAsync(
        bool operated = false, ScriptedAnalyzer? analyzer = null, Wiring wiring = Wiring.Wired, bool absentChannel = false, IReadOnlyList<IDevice>? beside = null,
        Func<PipelineSpec, PipelineSpec>? shape = null)
    {
        var bench = new EngineBench
        {
            Analyzer = analyzer, Wiring = wiring, AbsentChannelConfigured = absentChannel, Beside = beside ?? [], Shape = shape ?? (pipeline => pipeline),
        };
        bench._operated = operated;
        await bench.OpenAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Sample("lmno-1"), Sample("lmno-2")] }, default);
        return bench;
    }

    /// <summary>The Engine goes without a word, as after a kill, and a new one finds the journal and the instrument.</summary>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        await CloseAsync();
        if (meanwhile is not null)
        {
            await meanwhile();
        }

        await OpenAsync();
    }

    public async Task<Job> SubmitAsync(string sample = "lmno-1", string pipeline = Pipeline) => await Engine.SubmitAsync(NewJob(sample, pipeline), default);

    public async Task<Job> QueueAsync(string sample = "lmno-1") => await Engine.SubmitAsync(NewJob(sample) with { MayQueue = true }, default);

    public async Task<Job> JobAsync(JobId job) => (await Journal.ReadJobAsync(job, default))!;

    public Task ReachesAsync(JobId job, JobState state) =>
        Eventually.TrueAsync(async () => (await JobAsync(job)).State == state, $"job in state {state}");

    public Task HasRecordsAsync(JobId job, long count) =>
        Eventually.TrueAsync(async () => (await Journal.CountRecordsAsync(job, Streams.Cycler, default)).Count >= count, $"{count} records");

    public async Task<Job> RunningJobAsync()
    {
        Job job = await SubmitAsync();
        await ReachesAsync(job.Id, JobState.Running);
        return job;
    }

    public Task AlarmAsync(string prefix) =>
        Eventually.TrueAsync(async () => (await Journal.ReadAlarmsAsync(false, default)).Any(alarm => alarm.Id.StartsWith(prefix, StringComparison.Ordinal)), $"alarm {prefix}");

    /// <summary>Of an ended job: the alarm stays until somebody has seen it, and not longer.</summary>
    public async Task AlarmGoesWhenAcknowledgedAsync(string id)
    {
        await Eventually.TrueAsync(
            async () => (await Journal.ReadAlarmsAsync(false, default)).Any(alarm => alarm.Id == id && !alarm.Active), $"alarm {id} without a cause");
        await Engine.AcknowledgeAlarmAsync(id, "tester", null, default);
        Assert.DoesNotContain(await Journal.ReadAlarmsAsync(false, default), alarm => alarm.Id == id);
    }

    /// <summary>A charge and a discharge, three records each, and the end of the test.</summary>
    public void FinishOneCycle()
    {
        for (int i = 0; i < 3; i++)
        {
            Cell.Add(1, 1, 10 * i, 3.2 + i * 0.5, 5e-5, i * 1e-4);
        }

        for (int i = 0; i < 3; i++)
        {
            Cell.Add(2, 2, 10 * i, 4.2 - i * 0.5, -5e-5, i * 1e-4);
        }

        Cell.State = ChannelState.Finished;
    }

    public static Job NewJob(string sample = "lmno-1", string pipeline = Pipeline) => new()
    {
        Id = JobId.New(),
        Sample = sample,
        SampleVersion = 1,
        Pipeline = pipeline,
        ProtocolName = "one cycle",
        ProtocolText = "{}",
        Base = new CRateBase(250, 2),
        Program = new CellProgram(
            "one cycle",
            [new CurrentStep(1, "main", 5e-5, 0.1, null, 4.8), new CurrentStep(2, "main", -5e-5, -0.1, null, 2.0)],
            new RecordRule(30, 0.005, null),
            new SafetyLimits(4.9, 1.8, 1e-3, -1e-3, null, 5),
            5e-4),
        SubmittedAtUtc = DateTimeOffset.UnixEpoch,
        SubmittedBy = "tester",
    };

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        Journal = await Journal.OpenAsync(_folder.FullName, Clocks.RealTime, NullLoggerFactory.Instance, default);
        PipelineSpec Spec(string id, string channel) => new(
            id, "coin", new Dictionary<string, ChannelAddress> { [PipelineSpec.CyclerRole] = new(Cycler.Id, channel) });
        PipelineSpec first = Spec(Pipeline, "a");
        var devices = new List<DeviceRegistration> { new(_operated ? OperatedProgramRunner.Over(new OperatedCycler(Cycler)) : Cycler, "Scripted", true) };
        if (Analyzer is { } analyzer)
        {
            devices.Add(new DeviceRegistration(analyzer, "Scripted", true));
            first = first with
            {
                Roles = new Dictionary<string, ChannelAddress>(first.Roles) { [PipelineSpec.ImpedanceRole] = analyzer.Channel },
                Wiring = new Dictionary<string, Wiring> { [PipelineSpec.ImpedanceRole] = Wiring },
            };
        }

        devices.AddRange(Beside.Select(device => new DeviceRegistration(device, "Scripted", true)));
        var setup = new EngineSetup(devices, [Shape(first), Spec("coin-2", "b"), .. AbsentChannelConfigured ? [Spec("coin-9", "z")] : Array.Empty<PipelineSpec>()])
        {
            Timings = new EngineTimings
            {
                FirstReconnectDelay = TimeSpan.FromMilliseconds(5),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
                StopRepeat = TimeSpan.FromMilliseconds(500),
                StorageRetry = TimeSpan.FromMilliseconds(10),
                StageRetry = TimeSpan.FromMilliseconds(10),
                ClockLook = TimeSpan.FromMilliseconds(10),
                ClockRepeat = TimeSpan.FromMilliseconds(20),
                StagePoll = TimeSpan.FromMilliseconds(2),
                HealthInterval = TimeSpan.FromMilliseconds(20),
                StartLateness = StartLateness,
                LeaseValidity = LeaseValidity,
            },
        };
        (IJournal journal, Disk) = FullDiskJournal.Over(Journal);
        Engine = new ExperimentEngine(setup, journal, Clocks.RealTime, _log);
        await Engine.StartAsync(default);
        await Eventually.TrueAsync(() => Cycler.Broken is not null || Engine.Devices[0].State == DeviceState.Online, "device online");
        await Eventually.TrueAsync(() => Analyzer is null or { Broken: not null } || Engine.Devices[1].State == DeviceState.Online, "potentiostat online");
        await Eventually.TrueAsync(() => Engine.Devices.Skip(1).All(device => device.State == DeviceState.Online || device.Id == Analyzer?.Id), "the devices beside online");
    }

    private async Task CloseAsync()
    {
        await Engine.DisposeAsync();
        await Journal.DisposeAsync();
    }

    private static Sample Sample(string name) => new() { Name = name, ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250 };
}
