using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Engine;
using CellLab.Engine.Setup;
using CellLab.Storage;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Engine.Triggers;

/// <summary>A cell on a scripted cycler in the beam of a scripted diffractometer; lab time runs a hundred times as fast as the wall, from the epoch that the
/// cycler's records count from.</summary>
internal sealed class TriggerBench : IAsyncDisposable
{
    private const double Speed = 100;
    private const double Amperes = 5e-5;
    private const double RowInterval = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("celllab-triggers-");
    private readonly Clocks _clocks = new(
        new LabClock(new FixedLabTime(new LabTimeSetting(TimeProvider.System.GetUtcNow(), DateTimeOffset.UnixEpoch, Speed, Hold: false)), TimeProvider.System), TimeProvider.System);

    private double? _lastRow;

    private TriggerBench() => Diffractometer = new ScriptedTrigger("xrd1", _clocks.Lab);

    public ScriptedTrigger Diffractometer { get; }

    /// <summary>The folder of its pattern files; null where none is configured.</summary>
    public ScriptedPatterns? Patterns { get; init; }

    /// <summary>Wall time; what took longer to store is too late for a pulse.</summary>
    private TimeSpan SlowestStore { get; init; } = TimeSpan.FromSeconds(30);

    private GasLoss OnFailure { get; init; }

    /// <summary>Wall time: a machine that stands still must not look like an instrument that does not answer.</summary>
    private TimeSpan Acknowledgement { get; init; } = TimeSpan.FromSeconds(30);

    public ScriptedCycler Cycler { get; } = new("cycler1", "a");

    public ScriptedChannel Cell => Cycler["a"];

    public Journal Journal { get; private set; } = null!;

    /// <summary>What lies between the engine and <see cref="Journal"/>.</summary>
    public FullDiskJournal Disk { get; private set; } = null!;

    public ExperimentEngine Engine { get; private set; } = null!;

    public Job Job { get; private set; } = null!;

    public double LabSeconds => (_clocks.Lab.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>A job runs that charges under one trigger step.</summary>
    public static Task<TriggerBench> StartAsync(params (string Name, string Value)[] members) => StartAsync(GasLoss.GoOn, members);

    /// <param name="onFailure">The pipeline's rule for a diffractometer that fails.</param>
    public static Task<TriggerBench> StartAsync(GasLoss onFailure, params (string Name, string Value)[] members) =>
        StartAsync(new TriggerBench { OnFailure = onFailure }, members);

    /// <summary>The diffractometer takes pulses and does nothing, which is noticed soon.</summary>
    public static Task<TriggerBench> StartDeafAsync(GasLoss onFailure, params (string Name, string Value)[] members)
    {
        var bench = new TriggerBench { OnFailure = onFailure, Acknowledgement = TimeSpan.FromMilliseconds(500) };
        bench.Diffractometer.IsDeaf = true;
        return StartAsync(bench, members);
    }

    /// <summary>A store that takes a second is a slow one.</summary>
    public static Task<TriggerBench> StartWithSlowStoreAsync(params (string Name, string Value)[] members) =>
        StartAsync(new TriggerBench { SlowestStore = TimeSpan.FromSeconds(1) }, members);

    /// <param name="acknowledgement">Wall time after which a pulse without an exposure is given up; null: long.</param>
    public static Task<TriggerBench> StartAsync(ScriptedPatterns patterns, TimeSpan? acknowledgement, params (string Name, string Value)[] members) =>
        StartAsync(acknowledgement is { } within ? new TriggerBench { Patterns = patterns, Acknowledgement = within } : new TriggerBench { Patterns = patterns }, members);

    private static async Task<TriggerBench> StartAsync(TriggerBench bench, (string Name, string Value)[] members)
    {
        await bench.OpenAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [new Sample { Name = "lmno-1", ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250 }] }, default);
        Job job = EngineBench.NewJob();
        var trigger = new OtherInstrumentStep(1, "main", "trigger", "xrd", null, CellMeanwhile.GoesOnCycling)
        {
            Members = members.Append(("target", "xrd")).Append(("exposure_s", "30")).ToDictionary(pair => pair.Item1, pair => pair.Item2),
        };
        bench.Job = await bench.Engine.SubmitAsync(
            job with { Program = job.Program with { Steps = [trigger, .. job.Program.Steps.Select(step => step with { Number = step.Number + 1 })] } }, default);
        await Eventually.TrueAsync(async () => (await bench.Journal.ReadJobAsync(bench.Job.Id, default))!.State == JobState.Running, "the job to run");
        return bench;
    }

    /// <summary>Rows of the charge as the cycler would have them until now, none further apart than its interval however slow the machine is: voltage and capacity
    /// are straight lines in lab time.</summary>
    public void Row(double? volts = null)
    {
        double now = LabSeconds;
        for (double seconds = (_lastRow ?? now) + RowInterval; seconds < now; seconds += RowInterval)
        {
            Add(seconds, volts);
        }

        Add(now, volts);
    }

    private void Add(double seconds, double? volts)
    {
        Cell.Add(1, 1, seconds, volts ?? VoltsAt(seconds), Amperes, seconds * Amperes / 3600);
        _lastRow = seconds;
    }

    public static double VoltsAt(double seconds) => 3 + (seconds * 1e-4);

    public static double CapacityAt(double seconds) => seconds * Amperes / 3600 / 2e-3 * 1e3;

    /// <summary>Gives rows until it is so.</summary>
    public Task RowsUntilAsync(Func<Task<bool>> condition, string what, double? volts = null) => Eventually.TrueAsync(
        async () =>
        {
            Row(volts);
            return await condition();
        },
        what);

    public async Task<IReadOnlyList<TriggerIntent>> TriggersAsync() => await Journal.ReadTriggersAsync(Job.Id, default);

    public async Task<IReadOnlyList<PatternBody>> PatternsAsync() =>
        [.. (await Journal.ReadCompanionsAsync(Job.Id, Streams.Diffraction, 1, 100, default)).Select(row => (PatternBody)row.Body)];

    public async Task<IReadOnlyList<Alarm>> AlarmsAsync() =>
        [.. (await Journal.ReadAlarmsAsync(true, default)).Where(alarm => alarm.Id.StartsWith("trigger-", StringComparison.Ordinal))];

    public async Task<IReadOnlyList<string>> EventsAsync() => [.. (await Journal.ReadEventsAsync(Job.Id, 0, 1000, default)).Select(told => told.Text)];

    /// <summary>As after a kill.</summary>
    /// <param name="meanwhile">What happens while the service is away.</param>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        await CloseAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
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
        var roles = new Dictionary<string, ChannelAddress> { [PipelineSpec.CyclerRole] = new(Cycler.Id, "a"), [PipelineSpec.DiffractionRole] = Diffractometer.Channel };
        var setup = new EngineSetup(
            [new DeviceRegistration(Cycler, "Scripted", true), new DeviceRegistration(Diffractometer, "Scripted", true)], [new PipelineSpec(EngineBench.Pipeline, "xrd-window", roles) { OnFailure = new Dictionary<string, GasLoss> { ["xrd"] = OnFailure } }])
        {
            Patterns = (_, _) => Patterns,
            Timings = new EngineTimings
            {
                FirstReconnectDelay = TimeSpan.FromMilliseconds(5), TriggerAcknowledgement = Acknowledgement, PatternFile = TimeSpan.FromMilliseconds(300), PatternUnchanged = TimeSpan.Zero,
                SlowestStore = SlowestStore, StorageRetry = TimeSpan.FromMilliseconds(10),
            },
        };
        (IJournal between, Disk) = FullDiskJournal.Over(Journal);
        Engine = new ExperimentEngine(setup, between, _clocks, NullLoggerFactory.Instance);
        await Engine.StartAsync(default);
        await Eventually.TrueAsync(() => Engine.Devices.All(device => device.State == DeviceState.Online), "the devices online");
    }

    private async Task CloseAsync()
    {
        await Engine.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
