using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Alarms;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Hosted;

/// <summary>Ends the stepping in order: every cell is opened, its last rows are stored and its job is paused, so that a resume goes on from there.</summary>
internal sealed class HostedParking(JobLedger ledger, AlarmDesk alarms, HostedTimings timings, TimeProvider wall)
{
    /// <summary>Jobs whose cells nobody steps when this process ends.</summary>
    public static IEnumerable<LiveJob> Stepped(LiveJobs jobs, Func<ChannelAddress, DeviceSupervisor?> supervisorOf) => jobs.All.Where(
        live => live.Job.State is JobState.Starting or JobState.Running or JobState.Recovering or JobState.Stopping
            && !live.InStage && supervisorOf(live.Channel)?.Capability<HostedProgramRunner>() is not null);

    /// <returns>What became of the cell, one sentence.</returns>
    public async Task<ParkedCell> ParkAsync(LiveJob live, DeviceSupervisor supervisor, string reason)
    {
        string place = $"job {live.Id} ({live.Job.Sample}) on {live.Channel}";
        HostedProgramRunner hosted = supervisor.Capability<HostedProgramRunner>()!;
        using var patience = new CancellationTokenSource(timings.OpenLimit, wall);
        try
        {
            await PauseAsync(live, supervisor, hosted, patience.Token);
        }
        catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException or StorageException)
        {
            // not in its turn then: past everything
        }

        try
        {
            await supervisor.OvertakeAsync(async _ =>
            {
                await hosted.SecureAsync(live.Channel, HoldReasons.ServiceEnds, CancellationToken.None);
                return true;
            });
            await TellAsync(live, reason);
            return new ParkedCell(true, $"{place}: opened, confirmed; the job is paused and can be resumed");
        }
        catch (DeviceFaultException fault)
        {
            await alarms.RaiseAsync(AlarmIds.Output(live.Channel), AlarmSeverity.Critical, $"Job {live.Id}: {fault.Message}", live.Id, live.Channel.ToString());
            return new ParkedCell(false, $"{place}: {fault.Message}");
        }
    }

    /// <summary>In the device's turn, so that what the pause has measured is stored with it.</summary>
    private static async Task PauseAsync(LiveJob live, DeviceSupervisor supervisor, HostedProgramRunner hosted, CancellationToken cancellationToken)
    {
        if (live.Job.State == JobState.Running)
        {
            await supervisor.RunAsync((_, token) => hosted.PauseAsync(live.Channel, token), cancellationToken);
            await supervisor.TurnNowAsync(cancellationToken);
        }
    }

    private async Task TellAsync(LiveJob live, string reason)
    {
        try
        {
            if (live.Job.State is JobState.Running or JobState.Recovering)
            {
                await ledger.SignalAsync(live, JobSignal.Held, reason);
            }
        }
        catch (StorageException)
        {
            // the cell is open; at the next start the job is found running and is held then
        }
    }
}

/// <summary>What became of a cell at the end of the service.</summary>
public sealed record ParkedCell(bool Confirmed, string Text);
