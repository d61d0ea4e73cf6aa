using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Safety;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Live;
using CellLab.Engine.Observing;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>What happens with the news of a turn: limits first, then one commit for all jobs of the device, then the states of the jobs.</summary>
internal sealed class JobTurns(
    IJournal journal, LiveJobs jobs, JobLedger ledger, JobStopper stopper, JobOutcomes outcomes, AlarmDesk alarms, JobObservers observers, EngineTimings timings, Clocks clocks, ILogger logger)
{
    /// <summary>Told when new records of a job are durable.</summary>
    public event Action<JobId>? Progressed;

    public async Task HandleAsync(DeviceSupervisor supervisor, BankReading reading, CancellationToken stopping)
    {
        var news = new List<(LiveJob Live, FollowedReading Reading, TrackedTurn Turn)>();
        foreach (FollowedReading followed in reading.Followed)
        {
            if (jobs.On(followed.Channel) is { Tracker: { } tracker } live)
            {
                news.Add((live, followed, tracker.Accept(followed)));
            }
        }

        await Task.WhenAll(news.Select(item => StopIfBreachedAsync(item.Live, supervisor, item.Turn.Findings)));
        foreach (var item in news)
        {
            await WarnOfContactAsync(item.Live, item.Turn.Findings);
        }

        if (!await CommitAsync(supervisor, news, stopping))
        {
            return;
        }

        Dictionary<ChannelAddress, ChannelStatus> states = reading.States.ToDictionary(status => status.Channel);
        foreach (var (live, followed, turn) in news)
        {
            Observe(live, followed, turn);
            await StampStartAsync(live, turn);
            await outcomes.ApplyAsync(live, supervisor, followed, states.GetValueOrDefault(live.Channel));
        }
    }

    private async Task WarnOfContactAsync(LiveJob live, IReadOnlyList<GuardFinding> findings)
    {
        if (findings.FirstOrDefault(finding => finding.Kind == GuardKind.BadContact) is { } contact)
        {
            await alarms.RaiseAsync(AlarmIds.Contact(live.Id), AlarmSeverity.Warning, $"Job {live.Id}: {contact.Text}", live.Id, live.Channel.ToString());
        }
    }

    /// <summary>A breach opens the circuit before anything is stored, alarms included, and no channel waits for the confirmation of another.</summary>
    private async Task StopIfBreachedAsync(LiveJob live, DeviceSupervisor supervisor, IReadOnlyList<GuardFinding> findings)
    {
        GuardFinding? breach = findings.FirstOrDefault(finding => finding.Kind == GuardKind.LimitPassed);
        if (breach is null || live.Job.State is JobState.Stopping)
        {
            return;
        }

        try
        {
            await stopper.StopAsync(live, supervisor, $"safety limit: {breach.Text}", JobVerdict.Limit, null);
        }
        catch (DeviceFaultException)
        {
            // the alarm "stop not confirmed" is out; the next turn insists
        }

        await alarms.RaiseAsync(AlarmIds.Limit(live.Id), AlarmSeverity.Critical, $"Job {live.Id} was stopped: {breach.Text}", live.Id, live.Channel.ToString());
    }

    private async Task<bool> CommitAsync(
        DeviceSupervisor supervisor, List<(LiveJob Live, FollowedReading Reading, TrackedTurn Turn)> news, CancellationToken stopping)
    {
        var changed = news.Where(item => item.Turn.Segment != item.Live.Segment || item.Turn.Events.Count > 0 || item.Reading.StepTimes.Count > 0).ToList();
        if (changed.Count == 0)
        {
            return true;
        }

        try
        {
            await journal.CommitAsync(Write(changed), CancellationToken.None);
        }
        catch (StorageException failure)
        {
            await NotStoredAsync(supervisor, news, failure, stopping);
            return false;
        }

        foreach (var item in changed)
        {
            item.Live.Stored(item.Turn.Segment);
            if (item.Turn.Rows.Count > 0)
            {
                observers.Committed(item.Live.Job, item.Turn.Segment, item.Turn.Rows);
            }
        }

        await alarms.ClearAsync(AlarmIds.Storage);
        return true;
    }

    private JournalWrite Write(List<(LiveJob Live, FollowedReading Reading, TrackedTurn Turn)> changed) => new()
    {
        Records = [.. changed.SelectMany(item => item.Turn.Rows)],
        Segments = [.. changed.Select(item => item.Turn.Segment)],
        StepTimes =
        [
            .. changed.SelectMany(item => item.Reading.StepTimes.Select(
                step => new StoredStepTime(item.Live.Id, Core.Records.Streams.Cycler, item.Turn.Segment.Index, item.Live.Tracker!.ToJob(step)))),
        ],
        Events = [.. changed.SelectMany(item => item.Turn.Events.Select(told => ledger.Event(item.Live.Id, told.Kind, told.Text, item.Live.Channel.ToString())))],
    };

    /// <summary>The records stay in the instrument; the bookkeeping goes back to what is stored and the same turn is asked for again.</summary>
    private async Task NotStoredAsync(
        DeviceSupervisor supervisor, List<(LiveJob Live, FollowedReading Reading, TrackedTurn Turn)> news, StorageException failure, CancellationToken stopping)
    {
        foreach (var item in news)
        {
            item.Live.Rewind();
        }

        Log.CommitFailed(logger, supervisor.Id, failure.Message);
        await alarms.RaiseAsync(
            AlarmIds.Storage, AlarmSeverity.Critical, $"Records cannot be stored: {failure.Message.TrimEnd('.')}. Cells go on; their records wait in the instruments", null, null);
        await Task.Delay(timings.StorageRetry, clocks.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A job began with its first record, by the instrument's corrected clock: its test time counts from there.</summary>
    private async Task StampStartAsync(LiveJob live, TrackedTurn turn)
    {
        if (turn.Rows.Count == 0 || live.Job.StartedAtUtc is not null)
        {
            return;
        }

        try
        {
            await ledger.AmendAsync(live, job => job with { StartedAtUtc = turn.Segment.StartedAtUtc });
        }
        catch (StorageException failure)
        {
            Log.StoreFailed(logger, $"The start of job {live.Id}", failure.Message); // tried again with the next records
        }
    }

    private void Observe(LiveJob live, FollowedReading followed, TrackedTurn turn)
    {
        if (followed.Outcome != FollowOutcome.Away)
        {
            live.LastAnswerAtWall = clocks.Wall.GetTimestamp();
        }

        if (turn.Rows.Count == 0)
        {
            return;
        }

        live.LastDataAtLab = clocks.Lab.GetUtcNow();
        live.LastDataAtWall = clocks.Wall.GetTimestamp();
        var last = turn.Rows[^1];
        live.Progress = new Desk.JobProgress(
            live.Id, last.Sequence, last.Cycle, last.Block, last.Pass, last.Record.StepCount, last.Record.StepId, last.TestTimeSeconds,
            last.Record.VoltageVolts, last.Record.CurrentAmperes, last.Record.TakenAtUtc, clocks.Lab.Speed);
        Progressed?.Invoke(live.Id);
    }
}
