using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Hosted;

/// <summary>Watches the cells that the service steps, on a task of its own: one that brings no data is opened past everything that may hang, and an
/// opening that was not confirmed is tried until it is. Both are alarms that say which.</summary>
internal sealed class HostedWatch(LiveJobs jobs, JobLedger ledger, AlarmDesk alarms, HostedTimings timings, Clocks clocks, ILogger logger)
{
    private const string ConfirmedOff = "the output is off, confirmed";

    public async Task RunAsync(Func<IEnumerable<DeviceSupervisor>> supervisors, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(timings.WatchInterval, clocks.Wall);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await LookAsync(supervisors());
        }
    }

    public async Task LookAsync(IEnumerable<DeviceSupervisor> supervisors)
    {
        var watched = (from supervisor in supervisors
                       let hosted = supervisor.Capability<HostedProgramRunner>()
                       where hosted is not null
                       select (supervisor, hosted)).ToList();
        await Task.WhenAll(from pair in watched from channel in pair.hosted.NeedOpening select SecureAsync(pair.supervisor, pair.hosted, channel));
        HashSet<string> open = [.. alarms.Present.Where(alarm => alarm.Active).Select(alarm => alarm.Id)];
        foreach ((_, HostedProgramRunner hosted) in watched)
        {
            foreach (ChannelAddress channel in hosted.Channels.Where(channel => open.Contains(AlarmIds.Output(channel)) && hosted.IsConfirmedOff(channel)))
            {
                await ConfirmedAsync(hosted, channel);
            }
        }
    }

    private async Task SecureAsync(DeviceSupervisor supervisor, HostedProgramRunner hosted, ChannelAddress channel)
    {
        string? failure = null;
        try
        {
            await supervisor.OvertakeAsync(async _ =>
            {
                await hosted.SecureAsync(channel, HoldReasons.NoData, CancellationToken.None);
                return true;
            });
        }
        catch (DeviceFaultException fault)
        {
            failure = fault.Message;
        }

        try
        {
            await TellAsync(channel, hosted.HeldBecause(channel), failure);
        }
        catch (StorageException full)
        {
            Log.StoreFailed(logger, $"The hold of {channel}", full.Message); // the cell is open all the same
        }
    }

    private async Task TellAsync(ChannelAddress channel, string? because, string? failure)
    {
        LiveJob? live = jobs.On(channel);
        string whose = live is null ? "" : $"Job {live.Id}: ";
        if (failure is not null)
        {
            await alarms.RaiseAsync(AlarmIds.Output(channel), AlarmSeverity.Critical, $"{whose}{failure}", live?.Id, channel.ToString());
        }

        if (live is { Job.State: JobState.Running } && because is not null)
        {
            string open = failure is null ? ConfirmedOff : "the output is NOT confirmed off";
            await ledger.SignalAsync(live, JobSignal.Held, $"{channel} is held: {because}; {open}");
            await RaiseHeldAsync(live, because, open);
        }
    }

    /// <summary>An output that did not confirm its opening has done so by now, whoever asked it: the watch, or the next connection.</summary>
    private async Task ConfirmedAsync(HostedProgramRunner hosted, ChannelAddress channel)
    {
        try
        {
            await alarms.ClearAsync(AlarmIds.Output(channel));
            if (jobs.On(channel) is { Job.State: JobState.Paused } live)
            {
                JobEvent said = ledger.Event(live.Id, "output", $"the output of {channel} is off by now, confirmed", channel.ToString());
                await ledger.AmendAsync(live, job => job, new JournalWrite { Events = [said] });
                if (hosted.HeldBecause(channel) is { } because)
                {
                    await RaiseHeldAsync(live, because, ConfirmedOff);
                }
            }
        }
        catch (StorageException full)
        {
            Log.StoreFailed(logger, $"That {channel} is off", full.Message);
        }
    }

    private Task RaiseHeldAsync(LiveJob live, string because, string open) => alarms.RaiseAsync(
        AlarmIds.Held(live.Id), AlarmSeverity.Critical, $"Job {live.Id}: {because}; {open}. Resume or stop the job", live.Id, live.Channel.ToString());
}
