using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Hosted;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine;

/// <summary>Keeps devices connected, runs jobs on them and guards their limits. Stopping it stops reading, never a cell: programs that run in the
/// instruments go on (<see cref="RunningCells"/> names them).</summary>
public sealed class ExperimentEngine : IExperimentDesk, IDeviceLanes, IAsyncDisposable
{
    private readonly EngineSetup _setup;
    private readonly IJournal _journal;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly LiveJobs _jobs = new();
    private readonly EngineParts _parts;
    private readonly DeviceFleet _fleet;
    private readonly Reconfiguration _reconfiguration;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop; // can be asked when its source is gone
    private readonly List<Task> _tasks = [];

    public ExperimentEngine(EngineSetup setup, IJournal journal, Clocks clocks, ILoggerFactory loggers)
    {
        _fleet = new DeviceFleet(device => new DeviceSupervisor(device, setup.Timings, clocks, _parts!.Turns, _logger!));
        var pipelines = new LiveList<PipelineSpec>(setup.Pipelines);
        (_setup, _journal, _clocks) = (setup with { Devices = _fleet.Registrations, Pipelines = pipelines }, journal, clocks);
        _stop = _stopping.Token;
        _logger = loggers.CreateLogger<ExperimentEngine>();
        _parts = new EngineParts(_setup, journal, _jobs, clocks, _logger, Tell, PollIntervalOf, this);
        _fleet.Add(setup.Devices);
        _reconfiguration = new Reconfiguration(_jobs, _fleet, pipelines, _parts.Alarms, _parts.PipelineCheck, Tell);
    }

    public event Action<string, string>? Changed;

    private IReadOnlyDictionary<DeviceId, DeviceSupervisor> Supervisors => _fleet.Supervisors;

    public IReadOnlyList<DeviceView> Devices => [.. Supervisors.Values.Select(_parts.Views.Of)];

    public DeviceView? FindDevice(DeviceId device) => Supervisors.TryGetValue(device, out DeviceSupervisor? found) ? _parts.Views.Of(found) : null;

    public ChannelView? FindChannel(ChannelAddress channel) =>
        SupervisorOrNull(channel)?.Channels.Contains(channel) == true ? _parts.Views.View(channel) : null;

    /// <summary>Cells that go on when this engine ends: job, sample and channel, one text each.</summary>
    public IReadOnlyList<string> RunningCells =>
        [.. _jobs.All.Where(live => live.Segment is { Stage: null } && SupervisorOrNull(live.Channel)?.Capability<HostedProgramRunner>() is null).Select(Place)];

    /// <summary>Cells that the service itself steps: they do not go on without it.</summary>
    public IReadOnlyList<string> SteppedCells => [.. HostedParking.Stepped(_jobs, SupervisorOrNull).Select(Place), .. _parts.Stages.Driven];

    /// <summary>Loads what had not ended, then begins to serve the devices.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _parts.Alarms.LoadAsync(cancellationToken);
        await _parts.PipelineCheck.ForgetAsync();
        IReadOnlyList<Job> jobs = await _journal.ReadJobsAsync(cancellationToken);
        foreach (Job job in jobs.Where(job => job.State.IsFinal()).OrderBy(job => job.EndedAtUtc).Concat(jobs.Where(job => !job.State.IsFinal())))
        {
            await LoadAsync(job, cancellationToken);
        }

        _fleet.Serve(_stopping.Token);

        await _parts.Gas.RecoverAsync(_jobs.All, cancellationToken);
        _parts.Stages.Recover(_jobs.All);
        await _parts.Triggers.StartAsync(cancellationToken);
        _tasks.Add(Task.Run(() => _parts.Watchdog.RunAsync(_stopping.Token), CancellationToken.None));
        _tasks.Add(Task.Run(() => _parts.Clocks.RunAsync(_stopping.Token), CancellationToken.None));
        _tasks.Add(Task.Run(() => _parts.HostedWatch.RunAsync(() => Supervisors.Values, _stopping.Token), CancellationToken.None));
    }

    /// <summary>Opens every cell that the service steps and pauses its job: to be called before the end. New jobs must not come any more.</summary>
    public async Task<IReadOnlyList<ParkedCell>> ParkAsync(string reason) => await Task.WhenAll(
    [
        .. HostedParking.Stepped(_jobs, SupervisorOrNull).ToList().Select(live => _parts.Parking.ParkAsync(live, SupervisorOf(live.Channel), reason)),
        .. _parts.Stages.Park(),
    ]);

    public Task<Job> SubmitAsync(Job job, CancellationToken cancellationToken) => SubmitAsync(job, null, cancellationToken);

    /// <summary>Takes devices and pipelines in and out while jobs run on the others.</summary>
    /// <exception cref="DeskRefusedException">A live job uses what is to change; nothing has.</exception>
    public Task ReconfigureAsync(EngineChange change) => _reconfiguration.ApplyAsync(change, _stopping.Token);

    public Task<Job> SubmitAsync(Job job, Sample? newSample, CancellationToken cancellationToken) =>
        EngineTracing.JobAsync("job submit", job.Id, () => _reconfiguration.TakeInAsync(() => TakeInAsync(job, newSample, cancellationToken), cancellationToken));

    public Task<Job> ContinueAsync(JobId job, string? on, string? acceptOcv, string who, CancellationToken cancellationToken) =>
        EngineTracing.JobAsync("job continue", job, () => _reconfiguration.TakeInAsync(() => TakeUpAsync(job, on, acceptOcv, who, cancellationToken), cancellationToken));

    private void Tell(string kind, string id) => Changed?.Invoke(kind, id);

    private async Task<Job> TakeInAsync(Job job, Sample? newSample, CancellationToken cancellationToken)
    {
        ChannelAddress channel = ChannelOf(job.Pipeline);
        DeviceSupervisor supervisor = SupervisorOf(channel);
        LiveJob live = await _parts.Submission.AcceptAsync(job, newSample, channel, supervisor, cancellationToken);
        Changed?.Invoke("job", job.Id.Value);
        _parts.Dispatcher.Consider(live);
        return live.Job;
    }

    public Task<Job> StopAsync(JobId job, string reason, string who, CancellationToken cancellationToken) =>
        EngineTracing.JobAsync("job stop", job, () => StopLiveAsync(Live(job), reason, who));

    private async Task<Job> StopLiveAsync(LiveJob live, string reason, string who)
    {
        string text = $"stopped by {who}: {reason}";
        AuditEntry audit = _parts.Ledger.Audit(who, "job stop", live.Id.Value, reason, "sent");
        if (await _parts.Stages.TryStopAsync(live, text, audit) || await _parts.Stopper.TryCancelAsync(live, text, audit))
        {
            return live.Job;
        }

        if (!await _parts.Stages.TryStopAsync(live, text, audit)) // a stage may have begun while its job was taken for a waiting one
        {
            await _parts.Stopper.StopAsync(live, SupervisorOf(live.Channel), text, JobVerdict.Aborted, audit);
        }

        return live.Job;
    }

    public Task<Job> PauseAsync(JobId job, GivenBy by, CancellationToken cancellationToken) =>
        EngineTracing.JobAsync("job pause", job, () => _parts.Pauser.PauseAsync(Live(job), SupervisorOf(Live(job).Channel), by, cancellationToken));

    public Task<Job> ResumeAsync(JobId job, GivenBy by, CancellationToken cancellationToken) => ResumeAsync(job, null, by, cancellationToken);

    public Task<Job> ResumeAsync(JobId job, string? acceptOcv, GivenBy by, CancellationToken cancellationToken) =>
        EngineTracing.JobAsync("job resume", job, () => ResumeLiveAsync(Live(job), acceptOcv, by, cancellationToken));

    private async Task<Job> ResumeLiveAsync(LiveJob live, string? acceptOcv, GivenBy by, CancellationToken cancellationToken)
    {
        if (live.Job.State == JobState.Running && await _parts.Gas.TryResumeAsync(live, by))
        {
            return live.Job;
        }

        Job resumed = await _parts.Pauser.ResumeAsync(live, SupervisorOf(live.Channel), acceptOcv, by, cancellationToken);
        _parts.Gas.Find(live)?.Resumed();
        return resumed;
    }

    private async Task<Job> TakeUpAsync(JobId job, string? on, string? acceptOcv, string who, CancellationToken cancellationToken)
    {
        Job ended = await _journal.ReadJobAsync(job, cancellationToken) ?? throw new DeskRefusedException($"there is no job '{job}'", "job");
        ChannelAddress channel = on is null ? ended.Channel ?? ChannelOf(ended.Pipeline) : ChannelNamed(on);
        LiveJob live = await _parts.Continuation.AcceptAsync(job, channel, SupervisorOf(channel, "on"), acceptOcv, who, cancellationToken);
        _parts.Dispatcher.Consider(live);
        return live.Job;
    }

    public async Task NoteAsync(JobId job, string text, string who, CancellationToken cancellationToken)
    {
        if (await _journal.ReadJobAsync(job, cancellationToken) is null)
        {
            throw new DeskRefusedException($"there is no job '{job}'", "job");
        }

        var write = new JournalWrite
        {
            Events = [_parts.Ledger.Event(job, "note", $"{who}: {text}")],
            Audit = [_parts.Ledger.Audit(who, "job note", job.Value, text, "stored")],
        };
        await _journal.CommitAsync(write, cancellationToken);
    }

    public async Task<TriggerIntent> TriggerAsync(JobId job, string who, CancellationToken cancellationToken)
    {
        TriggerIntent trigger = await _parts.Triggers.TriggerAsync(Live(job).Job, who, cancellationToken);
        AuditEntry audit = _parts.Ledger.Audit(who, "job trigger", job.Value, null, trigger.Fate == TriggerFate.Missed ? $"missed: {trigger.Reason}" : trigger.Id);
        await _journal.CommitAsync(new JournalWrite { Audit = [audit] }, CancellationToken.None);
        return trigger;
    }

    public IReadOnlyList<ClockNote> ClocksOf(JobId job) => _parts.Clocks.NotesOf(job);

    public TriggerView? TriggersOf(JobId job) => _parts.Triggers.ViewOf(job);

    public IReadOnlyList<Core.Events.Alarm> Alarms => _parts.Alarms.Present;

    public Task AcknowledgeAlarmAsync(string alarm, string who, string? note, CancellationToken cancellationToken) =>
        _parts.Alarms.AcknowledgeAsync(alarm, who, note, _parts.Ledger.Audit(who, "alarm ack", alarm, note, "acknowledged"), cancellationToken);

    public Task ShelveAlarmAsync(string alarm, DateTimeOffset until, string who, string note, CancellationToken cancellationToken) =>
        _parts.Alarms.ShelveAsync(alarm, until, who, note, _parts.Ledger.Audit(who, "alarm shelve", alarm, note, $"until {until:O}"), cancellationToken);

    public Task RaiseAlarmAsync(string alarm, Core.Events.AlarmSeverity severity, string text, JobId? job, string? device) =>
        _parts.Alarms.RaiseAsync(alarm, severity, text, job, device);

    public Task ClearAlarmAsync(string alarm) => _parts.Alarms.ClearAsync(alarm);

    public JobProgress? ProgressOf(JobId job) => _jobs.Find(job)?.Progress;

    public Task<ProbeReport> ProbeAsync(DeviceId device, CancellationToken cancellationToken)
    {
        if (!Supervisors.TryGetValue(device, out DeviceSupervisor? supervisor))
        {
            throw new DeskRefusedException($"there is no device '{device}'; configured are {string.Join(", ", Supervisors.Keys)}", "device");
        }

        return supervisor.Capability<IProbe>() is { } probe
            ? supervisor.RunAsync((_, token) => probe.ProbeAsync(token), cancellationToken)
            : throw new DeskRefusedException($"device {device} ({supervisor.Driver}) has no probe", "device");
    }

    CancellationToken IDeviceLanes.Stopping => _stop;

    DeviceSupervisor? IDeviceLanes.Find(DeviceId device) => Supervisors.GetValueOrDefault(device);

    Task IDeviceLanes.RunAsync(DeviceId device, Func<IDevice, CancellationToken, Task> action) => Supervisors[device].RunAsync(
        async (connected, token) =>
        {
            await action(connected, token);
            return true;
        },
        _stop);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _parts.Triggers.StopAsync();
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _fleet.CloseAsync();

        _stopping.Dispose();
    }

    private async Task LoadAsync(Job job, CancellationToken cancellationToken)
    {
        PipelineSpec? pipeline = _setup.Pipelines.FirstOrDefault(found => found.Id == job.Pipeline);
        if (job.Channel is not { } channel && (pipeline is null || !pipeline.Roles.TryGetValue(PipelineSpec.CyclerRole, out channel)))
        {
            if (!job.State.IsFinal())
            {
                throw new DeskRefusedException($"job {job.Id} has not ended, but the configuration has no pipeline '{job.Pipeline}' any more; put it back, or the cell is not watched", "pipelines");
            }

            return;
        }

        if (job.State.IsFinal())
        {
            if (job.StartedAtUtc is not null)
            {
                _parts.Rest.Rests(job, channel);
            }

            return;
        }

        var live = new LiveJob(job, channel, IsStepped(channel.Device)) { LastDataAtLab = _clocks.Lab.GetUtcNow(), LastDataAtWall = _clocks.Wall.GetTimestamp() };
        foreach (Segment segment in (await _journal.ReadSegmentsAsync(job.Id, cancellationToken)).OrderBy(segment => segment.Index))
        {
            live.Stored(segment);
        }

        _jobs.Add(live);
    }

    private TimeSpan? PollIntervalOf(DeviceId device) =>
        IsStepped(device) ? null : Supervisors.GetValueOrDefault(device)?.Capability<IChannelBank>()?.PollInterval ?? TimeSpan.FromSeconds(5);

    private bool IsStepped(DeviceId device) => Supervisors.GetValueOrDefault(device)?.Capability<HostedProgramRunner>() is not null;

    private ChannelAddress ChannelOf(string pipeline) =>
        _setup.Pipelines.FirstOrDefault(found => found.Id == pipeline) is { } spec && spec.Roles.TryGetValue(PipelineSpec.CyclerRole, out ChannelAddress channel)
            ? channel
            : throw new DeskRefusedException($"there is no pipeline '{pipeline}' with a cycler; configured are {string.Join(", ", _setup.Pipelines.Select(found => found.Id))}", "pipeline");

    private static string Place(LiveJob live) => $"job {live.Id} ({live.Job.Sample}) on {live.Channel}";

    private DeviceSupervisor? SupervisorOrNull(ChannelAddress channel) => Supervisors.GetValueOrDefault(channel.Device);

    private ChannelAddress ChannelNamed(string on)
    {
        if (_setup.Pipelines.Any(found => found.Id == on))
        {
            return ChannelOf(on);
        }

        try
        {
            return ChannelAddress.Parse(on);
        }
        catch (FormatException wrong)
        {
            throw new DeskRefusedException($"{wrong.Message}, or a pipeline ({string.Join(", ", _setup.Pipelines.Select(found => found.Id))})", "on");
        }
    }

    private DeviceSupervisor SupervisorOf(ChannelAddress channel, string field = "pipeline") =>
        Supervisors.TryGetValue(channel.Device, out DeviceSupervisor? supervisor)
            ? supervisor
            : throw new DeskRefusedException($"there is no device '{channel.Device}'; configured are {string.Join(", ", Supervisors.Keys)}", field);

    private LiveJob Live(JobId job) =>
        _jobs.Find(job) ?? throw new DeskRefusedException($"job '{job}' does not exist or has ended; 'celllab job list' shows the jobs", "job");
}
