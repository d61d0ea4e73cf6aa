using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>Starts queued jobs when their turn on the channel and their time have come. Whatever calls, the decision is made on the device's task
/// from what is stored.</summary>
internal sealed class JobDispatcher(
    LiveJobs jobs, JobStarter starter, JobLedger ledger, IJournal journal, EngineTimings timings, Clocks clocks, ILogger logger, IDeviceLanes lanes)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<JobId, byte> _sleeping = new();

    /// <summary>In the device's turn, without waiting for it. What goes wrong is settled at the next connect.</summary>
    public void Consider(LiveJob live) => _ = ConsideredAsync(live);

    /// <summary>The same, over when the decision has been made.</summary>
    public Task ConsideredAsync(LiveJob live) => Begin(live, () => lanes.RunAsync(live.Channel.Device, (device, token) => ConsiderAsync(live, device, token)));

    /// <summary>Device task.</summary>
    public async Task ConsiderAsync(LiveJob live, IDevice device, CancellationToken cancellationToken)
    {
        if (live.Job.State != JobState.Queued || jobs.Bookings.Ahead(live.Id) is not null)
        {
            return;
        }

        if (live.Previous is not null)
        {
            await starter.StartAsync(live, device, cancellationToken); // the next segment of a job that has begun
            return;
        }

        Job? before = live.Job.Behind is { } id ? await journal.ReadJobAsync(id, cancellationToken) : null;
        StartDecision decision = live.Job.Behind is not null && before is null
            ? new StartDecision(StartAnswer.Wait, $"the job before it ({live.Job.Behind}) was refused in the meantime; look at the cell, then resume the job")
            : StartRule.Decide(live.Job, before, clocks.Lab.GetUtcNow(), timings.StartLateness);
        switch (decision.Answer)
        {
            case StartAnswer.Later:
                Sleep(live);
                break;
            case StartAnswer.Wait:
                await starter.HoldAsync(live, decision.Reason);
                break;
            default:
                await starter.StartAsync(live, device, cancellationToken);
                break;
        }
    }

    /// <summary>A job has left the channel: what stood behind it moves up.</summary>
    public void MoveUp(ChannelAddress channel)
    {
        foreach (LiveJob waiting in jobs.All.Where(live => live.Channel == channel && live.Job.State == JobState.Queued))
        {
            if (jobs.Bookings.Ahead(waiting.Id) is not { } ahead)
            {
                Consider(waiting);
            }
            else if (waiting.Job.Behind != ahead)
            {
                _ = Begin(waiting, () => ledger.AmendAsync(waiting, job => job with { Behind = ahead, StateReason = QueuedBehind(ahead, channel) }));
            }
        }
    }

    public static string QueuedBehind(JobId ahead, ChannelAddress channel) => $"queued behind job {ahead} on {channel}";

    private void Sleep(LiveJob live)
    {
        if (_sleeping.TryAdd(live.Id, 0))
        {
            _ = Begin(live, () => SleepAsync(live));
        }
    }

    private async Task SleepAsync(LiveJob live)
    {
        try
        {
            while (live.Job is { State: JobState.Queued, NotBeforeUtc: { } due } && due - clocks.Lab.GetUtcNow() is { Ticks: > 0 } left)
            {
                await Task.Delay(left < LongestSleep ? left : LongestSleep, clocks.Lab, lanes.Stopping);
            }
        }
        finally
        {
            _sleeping.TryRemove(live.Id, out _);
        }

        Consider(live);
    }

    private Task Begin(LiveJob live, Func<Task> action) => Task.Run(async () =>
    {
        try
        {
            await action();
        }
        catch (Exception end) when (end is DeviceFaultException or OperationCanceledException && lanes.Stopping.IsCancellationRequested)
        {
            // stored as queued: the next start of the service finds it
        }
        catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException or StorageException)
        {
            Log.StartFailed(logger, live.Id, failure.Message);
        }
    });
}
