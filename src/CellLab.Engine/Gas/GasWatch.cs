using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Stages;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Gas;

/// <summary>Fetches the passes of a mass spectrometer as long as its job lasts, whatever the cycler does, and stores every ion current with its phase. A
/// spectrometer that falls silent is told, marked and taken up again.</summary>
internal sealed class GasWatch(LiveJob live, ChannelAddress channel, GasSetup setup, StageTools tools, IJournal journal, EngineTimings timings, Clocks clocks)
{
    private const double SlowestMassSeconds = 3;

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(tools.Lanes.Stopping);
    private readonly string _alarm = AlarmIds.Gas(live.Id);
    private DateTimeOffset _lastPassAtLab = clocks.Lab.GetUtcNow();
    private long _lastPassAtWall = clocks.Wall.GetTimestamp();
    private DateTimeOffset _planAtLab = clocks.Lab.GetUtcNow();
    private long _planAtWall = clocks.Wall.GetTimestamp();
    private bool _lost;
    private bool _resumed;

    public LiveJob Live { get; } = live;

    public ChannelAddress Channel { get; } = channel;

    public GasSetup Setup { get; } = setup;

    public GasPhases Phases { get; } = new();

    public GasSteadiness Steadiness { get; } = new();

    /// <summary>The plan runs, and passes come.</summary>
    public bool Measures { get; private set; }

    /// <summary>Called once when the spectrometer is lost: the pipeline's policy.</summary>
    public Func<string, Task>? OnLost { get; init; }

    private IonPlan Plan => IonPlan.Of(Setup.Masses, Setup.Interval, Setup.DwellSeconds);

    public async Task StartPlanAsync(CancellationToken cancellationToken)
    {
        (DeviceSupervisor supervisor, IGasAnalyzer analyzer) = Analyzer();
        await supervisor.RunAsync(
            async (_, token) =>
            {
                await analyzer.StartAsync(Plan, token);
                return true;
            },
            cancellationToken);
        (_planAtLab, _planAtWall) = (clocks.Lab.GetUtcNow(), clocks.Wall.GetTimestamp());
        Measures = true;
    }

    /// <summary>Runs to the end of the job.</summary>
    public async Task RunAsync()
    {
        try
        {
            CompanionLog log = await OpenAsync();
            long passes = log.Last is IonBody last ? last.Pass : 0;
            long highest = passes;
            while (true)
            {
                TimeSpan pause = timings.StageRetry;
                try
                {
                    (highest, pause) = await PollAsync(log, passes, highest);
                }
#pragma warning disable CA1031 // a defect must not end the watch without a word
                catch (Exception failure) when (!_ended.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    await FailedAsync(failure as DeviceFaultException ?? tools.Defect(Live.Id, "mass spectrometer", Channel.Device, failure));
                    passes = Measures ? passes : highest; // a new plan counts from 1 again
                }

                await Task.Delay(pause, clocks.Wall, _ended.Token);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // the job has ended, or the service ends
        }
    }

    /// <summary>A person has resumed the job, and says by that: what made the source trip is mended. It is lit again once, by the gauge reading of the
    /// configuration.</summary>
    public void Resumed() => Volatile.Write(ref _resumed, true);

    public Task EndAsync() => _ended.CancelAsync();

    private async Task<CompanionLog> OpenAsync()
    {
        CompanionLog? log = null;
        await tools.PersistAsync(async () => log = await CompanionLog.OpenAsync(journal, Live.Id, Streams.MassSpectrometer, _ended.Token), _ended.Token);
        return log!;
    }

    private (DeviceSupervisor Supervisor, IGasAnalyzer Analyzer) Analyzer() => tools.Require<IGasAnalyzer>(Channel.Device, "is no mass spectrometer");

    /// <returns>The highest pass number stored, and wall time until the next poll makes sense.</returns>
    private async Task<(long Highest, TimeSpan Pause)> PollAsync(CompanionLog log, long before, long highest)
    {
        if (!Measures)
        {
            await LightIfResumedAsync();
            await StartPlanAsync(_ended.Token);
        }

        (DeviceSupervisor supervisor, IGasAnalyzer analyzer) = Analyzer();
        IonPoll poll = await supervisor.RunAsync((_, token) => analyzer.PollAsync(token), _ended.Token);
        if (poll.Passes.Count > 0 || poll.Notes.Count > 0)
        {
            await StoreAsync(log, before, poll);
        }

        if (poll.Passes.Count > 0)
        {
            highest = before + poll.Passes[^1].Number;
            await HeardAsync();
        }
        else if (IsSilent(_lastPassAtLab, _lastPassAtWall) && IsSilent(_planAtLab, _planAtWall))
        {
            throw new DeviceFaultException(FaultKind.Rejected, Channel.Device, $"it answers, but no whole pass has come since {_lastPassAtLab:yyyy-MM-dd HH:mm:ss} UTC; the plan is begun anew");
        }

        TimeSpan wall = (analyzer.PollInterval > Setup.Interval ? analyzer.PollInterval : Setup.Interval) / clocks.Lab.Speed;
        return (highest, wall > s_shortestPause ? wall : s_shortestPause);
    }

    private async Task LightIfResumedAsync()
    {
        if (!Volatile.Read(ref _resumed) || Setup.ChamberPascals is not { } pascals)
        {
            return;
        }

        (DeviceSupervisor supervisor, IGasAnalyzer analyzer) = Analyzer();
        try
        {
            if (!(await supervisor.RunAsync((_, token) => analyzer.InspectAsync(token), _ended.Token)).EmissionOn)
            {
                await supervisor.RunAsync(
                    async (_, token) =>
                    {
                        await analyzer.SwitchOnAsync(pascals, token);
                        return true;
                    },
                    _ended.Token);
            }

            Volatile.Write(ref _resumed, false);
        }
        catch (DeviceFaultException refused) when (!refused.IsTransient)
        {
            Volatile.Write(ref _resumed, false);
            await RaiseAsync($"was not switched on again ({refused.Message})", refused);
            throw;
        }
    }

    private async Task StoreAsync(CompanionLog log, long before, IonPoll poll)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        CompanionRow[] rows =
        [
            .. from pass in poll.Passes
               from ion in pass.Ions
               select log.Next(
                   Live, ion.TakenAtUtc, now,
                   new IonBody(Phases.At(ion.TakenAtUtc), before + pass.Number, ion.MassToCharge, ion.IonCurrentAmperes, pass.Detector)),
        ];
        JobEvent[] notes = [.. poll.Notes.Select(note => tools.Ledger.Event(Live.Id, "instrument", note, Channel.ToString()))];
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Companions = rows, Events = notes }, CancellationToken.None), _ended.Token);
        Steadiness.Add(poll.Passes.SelectMany(pass => pass.Ions));
    }

    private async Task HeardAsync()
    {
        if (_lost)
        {
            _lost = false;
            string text = string.Create(
                CultureInfo.InvariantCulture, $"{Channel} measures again; no ion current from {_lastPassAtLab:yyyy-MM-dd HH:mm:ss} to {clocks.Lab.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
            await TellAsync("gap", text);
            await tools.Alarms.ClearAsync(_alarm);
        }

        (_lastPassAtLab, _lastPassAtWall) = (clocks.Lab.GetUtcNow(), clocks.Wall.GetTimestamp());
    }

    /// <summary>So long no pass is a loss: three of them, however slow the masses are measured.</summary>
    private TimeSpan LongestSilence
    {
        get
        {
            TimeSpan pass = TimeSpan.FromSeconds(Setup.Masses.Count * (Setup.DwellSeconds ?? SlowestMassSeconds));
            return 3 * (Setup.Interval > pass ? Setup.Interval : pass);
        }
    }

    /// <summary>A link that comes back at once is no loss, nor is a pass that takes its time.</summary>
    private async Task FailedAsync(DeviceFaultException fault)
    {
        Measures = Measures && fault.IsTransient;
        if (_lost || (fault.IsTransient && !IsSilent(_lastPassAtLab, _lastPassAtWall)))
        {
            return;
        }

        _lost = true;
        await TellAsync("ms-lost", $"{Channel} does not measure any more: {fault.Message}");
        await RaiseAsync($"does not measure any more ({fault.Message})", fault);
        if (OnLost is { } policy)
        {
            await policy(fault.Message);
        }
    }

    private bool IsSilent(DateTimeOffset sinceLab, long sinceWall) =>
        clocks.Lab.GetUtcNow() - sinceLab > LongestSilence && clocks.Wall.GetElapsedTime(sinceWall) > timings.ShortestWatchdog;

    /// <summary>What helps depends on whether the link or the instrument itself has given up.</summary>
    private Task RaiseAsync(string what, DeviceFaultException fault)
    {
        string lit = Setup.ChamberPascals is null ? "is switched on at the instrument" : "is switched on at the instrument, or the job is resumed";
        string then = fault.IsTransient ? "it is tried again by itself" : $"measuring is tried again by itself, but an emission that went off stays off until the cause is mended and it {lit}";
        return tools.Alarms.RaiseAsync(_alarm, AlarmSeverity.Critical, $"Job {Live.Id}: {Channel} {what}; {then}", Live.Id, Channel.ToString());
    }

    private Task TellAsync(string kind, string text) => tools.PersistAsync(
        () => journal.CommitAsync(new JournalWrite { Events = [tools.Ledger.Event(Live.Id, kind, text, Channel.ToString())] }, CancellationToken.None), _ended.Token);
}
