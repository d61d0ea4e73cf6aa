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
    public async Task RunAsync(IReadOnlyCollection<DeviceSupervisor> supervisors, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(timings.WatchInterval, clocks.Wall);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await LookAsync(supervisors);
        }
    }

    public Task LookAsync(IEnumerable<DeviceSupervisor> supervisors) => Task.WhenAll(
        from supervisor in supervisors
        let hosted = supervisor.Capability<HostedProgramRunner>()
        where hosted is not null
        from channel in hosted.NeedOpening
        select SecureAsync(supervisor, hosted, channel));

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
        else
        {
            await alarms.ClearAsync(AlarmIds.Output(channel));
        }

        if (live is { Job.State: JobState.Running } && because is not null)
        {
            string open = failure is null ? "the output is off, confirmed" : "the output is NOT confirmed off";
            await ledger.SignalAsync(live, JobSignal.Held, $"{channel} is held: {because}; {open}");
            await alarms.RaiseAsync(AlarmIds.Held(live.Id), AlarmSeverity.Critical, $"{whose}{because}; {open}. Resume or stop the job", live.Id, channel.ToString());
        }
    }
}
