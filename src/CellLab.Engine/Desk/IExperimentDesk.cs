using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;

namespace CellLab.Engine.Desk;

/// <summary>What people may ask of the Engine. Every command is audited with the name and reason given. Refusals are
/// <see cref="DeskRefusedException"/> with one sentence that names the field and the remedy; nothing is changed then.</summary>
public interface IExperimentDesk
{
    /// <summary>Checks the request (busy or absent channel, sample or barcode in two live jobs, program against the device) and stores the job
    /// as <c>Queued</c>. Returns when that is durable; the start follows on its own.</summary>
    /// <param name="newSample">The job's sample where it is not registered yet: stored with the job, or not at all.</param>
    Task<Job> SubmitAsync(Job job, Sample? newSample, CancellationToken cancellationToken);

    /// <summary>Returns when the stop is confirmed by the instrument, or throws saying that it is not.</summary>
    Task<Job> StopAsync(JobId job, string reason, string who, CancellationToken cancellationToken);

    Task<Job> PauseAsync(JobId job, GivenBy by, CancellationToken cancellationToken);

    /// <summary>Continues a paused job or starts one that waits for a person. The job that is returned still waits when its start was refused.</summary>
    /// <param name="acceptOcv">Why a waiting job may start although the cell's voltage is not as expected; null: it may not.</param>
    Task<Job> ResumeAsync(JobId job, string? acceptOcv, GivenBy by, CancellationToken cancellationToken);

    /// <summary>Runs what is left of a job that has ended before its end, as a new segment. Returns when that is durable; the start follows.</summary>
    /// <param name="on">A channel (<c>device.channel</c>) or a pipeline; null: where it ran last.</param>
    /// <param name="acceptOcv">Why it may start although the cell's voltage is not where it was last seen; null: it may not.</param>
    Task<Job> ContinueAsync(JobId job, string? on, string? acceptOcv, string who, CancellationToken cancellationToken);

    Task NoteAsync(JobId job, string text, string who, CancellationToken cancellationToken);

    /// <summary>Asks for a diffraction pattern of a running job now. Returns the trigger when its pulse is out, or when it was missed.</summary>
    Task<Core.Triggers.TriggerIntent> TriggerAsync(JobId job, string who, CancellationToken cancellationToken);

    /// <summary>Triggers of a job that runs; null for others.</summary>
    TriggerView? TriggersOf(JobId job);

    /// <summary>Offsets of the clocks of a running job's instruments, as measured last; empty for others.</summary>
    IReadOnlyList<ClockNote> ClocksOf(JobId job) => [];

    Task AcknowledgeAlarmAsync(string alarm, string who, string? note, CancellationToken cancellationToken);

    /// <summary>Nobody is told of the alarm outside until then (wall time); a time that has passed takes it off the shelf.</summary>
    Task ShelveAlarmAsync(string alarm, DateTimeOffset until, string who, string note, CancellationToken cancellationToken);

    /// <summary>Raises an alarm whose source lies outside the Engine (disk, clock, results of the analysis), or changes its text; does nothing when it is so already.</summary>
    Task RaiseAlarmAsync(string alarm, Core.Events.AlarmSeverity severity, string text, JobId? job, string? device);

    /// <summary>The cause of such an alarm is gone.</summary>
    Task ClearAlarmAsync(string alarm);

    /// <summary>Alarms that are not over (from memory): also those that a full disk has kept out of the store.</summary>
    IReadOnlyList<Core.Events.Alarm> Alarms { get; }

    /// <summary>What every device and channel is doing now (from memory).</summary>
    IReadOnlyList<DeviceView> Devices { get; }

    /// <summary>What one device is doing now; null when there is none of that name.</summary>
    DeviceView? FindDevice(DeviceId device);

    /// <summary>What one channel is doing now; null when there is none of that name.</summary>
    ChannelView? FindChannel(ChannelAddress channel);

    /// <summary>Live figures of one job that has not ended; null for others.</summary>
    JobProgress? ProgressOf(JobId job);

    /// <summary>Told when a device, channel or job has changed: the topic kind ("device", "channel", "job", "progress", "alarm") and its id.</summary>
    event Action<string, string> Changed;

    /// <summary>A read-only health check of one device, in its turn with the other traffic.</summary>
    Task<ProbeReport> ProbeAsync(DeviceId device, CancellationToken cancellationToken);
}

public sealed record DeviceView(
    DeviceId Id, string Driver, bool Simulated, DeviceState State, DeviceIdentity? Identity, string? LastError, IReadOnlyList<ChannelView> Channels)
{
    /// <summary>Lab time between two readings of its channels; null where it is not read at an interval.</summary>
    public TimeSpan? PollInterval { get; init; }
}

/// <summary><paramref name="Job"/> is the live job that holds the lease of this channel.</summary>
public sealed record ChannelView(ChannelStatus Status, JobId? Job, DateTimeOffset? LastRecordAtUtc);

/// <summary>Where a running job stands. <paramref name="Acquired"/> counts rows taken from the instrument since the job began.</summary>
public sealed record JobProgress(
    JobId Job, long Acquired, int Cycle, string Block, int Pass, int StepCount, int StepId, double TestTimeSeconds,
    double VoltageVolts, double CurrentAmperes, DateTimeOffset LastRecordAtUtc, double LabSpeed);
