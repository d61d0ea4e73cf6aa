using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>Stops a job's cell. The command goes out first and does not wait for the disk; it ends confirmed, or with an alarm that says it is not.</summary>
internal sealed class JobStopper(JobLedger ledger, AlarmDesk alarms, EngineTimings timings, Clocks clocks, ILogger logger)
{
    /// <summary>Cancels a job that waits with nothing on.</summary>
    /// <returns>False when the job does not wait, also when its start was being written down just now: then its cell has to be stopped.</returns>
    public async Task<bool> TryCancelAsync(LiveJob live, string reason, AuditEntry audit)
    {
        if (live.Job.State is not (JobState.Queued or JobState.Waiting))
        {
            return false;
        }

        await ledger.SignalAsync(
            live, JobSignal.StopRequested, reason, job => job with { Verdict = JobVerdict.Aborted }, new JournalWrite { Audit = [audit] });
        if (!live.Job.State.IsFinal())
        {
            return false;
        }

        await alarms.ClearOfJobAsync(live.Id);
        return true;
    }

    /// <param name="verdict">What the job will be worth once its last records are here.</param>
    public async Task StopAsync(LiveJob live, DeviceSupervisor supervisor, string reason, JobVerdict verdict, AuditEntry? audit)
    {
        JournalWrite together = new() { Audit = audit is null ? [] : [audit] };
        if (supervisor.Capability<IProgramRunner>() is not { } runner)
        {
            throw new DeskRefusedException($"{supervisor.Id} cannot be stopped by the service; stop it at the instrument");
        }

        Task<ChannelStatus> stop = supervisor.OvertakeAsync(_ => SendAsync(live, runner));
        await RememberAsync(live, reason, verdict, together);
        await ConfirmAsync(live, stop);
    }

    /// <summary>Sends the stop again for a job that is still found running; not more often than every few seconds. Device task.</summary>
    public async Task InsistAsync(LiveJob live, IProgramRunner runner)
    {
        if (live.LastStopAtWall is { } last && clocks.Wall.GetElapsedTime(last) < timings.StopRepeat)
        {
            return;
        }

        await ConfirmAsync(live, SendAsync(live, runner), throwIfNot: false);
    }

    private async Task<ChannelStatus> SendAsync(LiveJob live, IProgramRunner runner)
    {
        live.LastStopAtWall = clocks.Wall.GetTimestamp();
        using var patience = new CancellationTokenSource(timings.StopConfirmation, clocks.Wall);
        return await runner.StopAsync(live.Channel, patience.Token);
    }

    private async Task RememberAsync(LiveJob live, string reason, JobVerdict verdict, JournalWrite together)
    {
        try
        {
            if (live.Job.State != JobState.Stopping)
            {
                await ledger.SignalAsync(live, JobSignal.StopRequested, reason, job => job with { Verdict = verdict }, together);
            }
        }
        catch (StorageException failure)
        {
            Log.StoreFailed(logger, $"The stop of job {live.Id}", failure.Message); // the cell is stopped all the same
        }
    }

    private async Task ConfirmAsync(LiveJob live, Task<ChannelStatus> stop, bool throwIfNot = true)
    {
        try
        {
            await stop;
            await alarms.ClearAsync(AlarmIds.Stop(live.Id));
        }
        catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException)
        {
            string text = $"Job {live.Id}: the stop of {live.Channel} is NOT confirmed ({failure.Message}); it is tried again, go and look at the cell";
            Log.StopNotConfirmed(logger, live.Id, failure.Message);
            await alarms.RaiseAsync(AlarmIds.Stop(live.Id), AlarmSeverity.Critical, text, live.Id, live.Channel.ToString());
            if (throwIfNot)
            {
                throw new DeviceFaultException(FaultKind.Unreachable, live.Channel.Device, text, failure);
            }
        }
    }
}
