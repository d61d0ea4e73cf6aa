using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;

namespace CellLab.Service.Publishing;

/// <summary>Keeps the retained topics at the newest state of devices, channels, jobs, progress and alarms. Changes of the same thing that come
/// within <see cref="Pace"/> fall together. What the configuration no longer names is taken away, also what an earlier start has left.</summary>
internal sealed class StateFeed(
    ChangeHub hub, IJournal journal, IExperimentDesk desk, RetainedPublisher retained, PublishedStates published, TopicMap topics, TimeProvider wall,
    ILogger<StateFeed> logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private IReadOnlyList<ChangeKey> leaving = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using ChangeSubscription changes = hub.Subscribe();
        await AddEverythingAsync(changes, cancellationToken);
        while (true)
        {
            foreach (ChangeKey change in await changes.TakeAsync(cancellationToken))
            {
                await TellAsync(change, changes, cancellationToken);
            }

            ForgetTaken();

            await Task.Delay(Pace, wall, cancellationToken);
        }
    }

    /// <summary>What there was before anything changed. Jobs that ended long ago were told when they ended.</summary>
    private async Task AddEverythingAsync(ChangeSubscription changes, CancellationToken cancellationToken)
    {
        TakeAway();
        foreach (DeviceView device in desk.Devices)
        {
            changes.Add(new ChangeKey("device", device.Id.Value));
            foreach (ChannelView channel in device.Channels)
            {
                changes.Add(new ChangeKey("channel", channel.Status.Channel.ToString()));
            }
        }

        foreach (Job job in (await journal.ReadJobsAsync(cancellationToken)).Where(job => !job.State.IsFinal()))
        {
            changes.Add(new ChangeKey("job", job.Id.Value));
        }

        foreach (Alarm alarm in await KnownAlarms.ReadAsync(journal, desk, includeOver: false, cancellationToken))
        {
            changes.Add(new ChangeKey("alarm", alarm.Id));
        }
    }

    private async Task TellAsync(ChangeKey change, ChangeSubscription changes, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(change, cancellationToken);
        }
        catch (ArgumentException error)
        {
            Log.StateNotPublished(logger, change.Kind, change.Id, error.Message); // a name that cannot stand in a topic never will
        }
        catch (StorageException error)
        {
            Log.StateNotPublished(logger, change.Kind, change.Id, error.Message);
            changes.Add(change);
            await Task.Delay(RetryDelay, wall, cancellationToken);
        }
    }

    private async Task SetAsync(ChangeKey change, CancellationToken cancellationToken)
    {
        switch (change.Kind)
        {
            case "device" when desk.FindDevice(new DeviceId(change.Id)) is null:
                TakeAway();
                break;
            case "device" when desk.FindDevice(new DeviceId(change.Id)) is { } device:
                retained.Set(
                    topics.DeviceState(device.Id),
                    PayloadJson.Write(DeviceStatePayload.Of(
                        device.Id, device.Driver, device.Simulated, device.State, device.Identity, device.LastError)));
                TakeAway(); // by now it may know other channels
                break;
            case "channel" when desk.FindChannel(ChannelAddress.Parse(change.Id)) is { } channel:
                retained.Set(
                    topics.ChannelState(channel.Status.Channel),
                    PayloadJson.Write(ChannelStatePayload.Of(channel.Status, channel.Job, channel.LastRecordAtUtc)));
                break;
            case "job":
                await SetJobAsync(new JobId(change.Id), cancellationToken);
                break;
            case "progress" when desk.ProgressOf(new JobId(change.Id)) is { } progress:
                retained.Set(topics.JobProgress(progress.Job), PayloadJson.Write(Payload(progress)));
                break;
            case "alarm":
                await SetAlarmAsync(change.Id, cancellationToken);
                break;
        }
    }

    private void TakeAway()
    {
        ForgetTaken();
        leaving = published.Compare(desk.Devices);
        foreach (ChangeKey key in leaving)
        {
            retained.Clear(TopicOf(key));
        }
    }

    private void ForgetTaken() => published.Forget([.. leaving.Where(key => !retained.Keeps(TopicOf(key)))]);

    private string TopicOf(ChangeKey key) =>
        key.Kind == "device" ? topics.DeviceState(new DeviceId(key.Id)) : topics.ChannelState(ChannelAddress.Parse(key.Id));

    private async Task SetJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await journal.ReadJobAsync(id, cancellationToken) is not { } job)
        {
            return;
        }

        retained.Set(topics.JobState(id), PayloadJson.Write(JobStatePayload.Of(job)));
        if (job.State.IsFinal())
        {
            retained.Clear(topics.JobProgress(id)); // it does not go on
        }
    }

    private async Task SetAlarmAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<Alarm> alarms = await KnownAlarms.ReadAsync(journal, desk, includeOver: true, cancellationToken);
        if (alarms.FirstOrDefault(found => found.Id == id) is not { } alarm)
        {
            return;
        }

        if (alarm.IsOver)
        {
            retained.Clear(topics.Alarm(id));
        }
        else
        {
            retained.Set(topics.Alarm(id), PayloadJson.Write(AlarmPayload.Of(alarm)));
        }
    }

    private static JobProgressPayload Payload(JobProgress progress) => new(
        progress.Job.Value, progress.Acquired, progress.Cycle, progress.Block, progress.Pass, progress.StepCount, progress.StepId,
        progress.TestTimeSeconds, progress.VoltageVolts, progress.CurrentAmperes, progress.LastRecordAtUtc, progress.LabSpeed);
}
