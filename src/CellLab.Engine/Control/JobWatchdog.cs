using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Safety;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>Notices a running job that brings no data. Silence is measured in lab time, but an alarm never comes sooner than a few wall
/// seconds after the last data: at high speed a lab minute is shorter than one exchange.</summary>
/// <param name="pollIntervalOf">Null for a device that has a stricter watch of its own: cells that the service steps.</param>
internal sealed class JobWatchdog(LiveJobs jobs, JobLedger ledger, AlarmDesk alarms, Func<DeviceId, TimeSpan?> pollIntervalOf, EngineTimings timings, Clocks clocks, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, clocks.Wall);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            foreach (LiveJob live in jobs.All.Where(live => live.Job.State == JobState.Running && !live.InStage && IsSilent(live)))
            {
                await TellAsync(live);
            }
        }
    }

    /// <summary>The alarm is in force whether the store takes it or not; the state of the job is tried again at the next look.</summary>
    private async Task TellAsync(LiveJob live)
    {
        string text = $"no data from {live.Channel} since {live.LastDataAtLab:yyyy-MM-dd HH:mm:ss} UTC";
        try
        {
            await ledger.SignalAsync(live, JobSignal.Lost, text);
        }
        catch (StorageException full)
        {
            Log.StoreFailed(logger, $"The silence of job {live.Id}", full.Message);
        }

        await alarms.RaiseAsync(
            AlarmIds.NoData(live.Id), AlarmSeverity.Critical, $"Job {live.Id}: {text}; the instrument goes on by itself, missing records are fetched when it answers", live.Id, live.Channel.ToString());
    }

    private bool IsSilent(LiveJob live)
    {
        if (pollIntervalOf(live.Channel.Device) is not { } interval)
        {
            return false;
        }

        TimeSpan longest = NoDataRule.LongestSilence(interval, live.Program.LongestIntervalSeconds);
        return clocks.Lab.GetUtcNow() - live.LastDataAtLab > longest
            && clocks.Wall.GetElapsedTime(live.LastDataAtWall) > timings.ShortestWatchdog;
    }
}
