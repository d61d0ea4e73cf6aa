using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Stages;

/// <summary>What every kind of step needs.</summary>
internal sealed class StageTools(JobLedger ledger, AlarmDesk alarms, IDeviceLanes lanes, EngineTimings timings, Clocks clocks, ILogger logger)
{
    public JobLedger Ledger => ledger;

    public AlarmDesk Alarms => alarms;

    public IDeviceLanes Lanes => lanes;

    /// <exception cref="DeviceFaultException">The device cannot do this.</exception>
    public (DeviceSupervisor Supervisor, TCapability Capability) Require<TCapability>(DeviceId device, string what)
        where TCapability : class =>
        lanes.Find(device) is { } supervisor && supervisor.Capability<TCapability>() is { } capability
            ? (supervisor, capability)
            : throw new DeviceFaultException(FaultKind.Configuration, device, $"this device {what}; correct the pipeline's roles");

    /// <param name="drives">Nothing is to be opened otherwise.</param>
    /// <exception cref="DeviceFaultException">Not confirmed.</exception>
    /// <exception cref="OperationCanceledException">Not confirmed in time.</exception>
    public Task OpenAsync(ChannelAddress channel, bool drives) => drives ? OpenAsync(channel) : Task.CompletedTask;

    /// <summary>Opens the circuit past everything else on the device.</summary>
    /// <exception cref="DeviceFaultException">Not confirmed.</exception>
    /// <exception cref="OperationCanceledException">Not confirmed in time.</exception>
    public async Task OpenAsync(ChannelAddress channel)
    {
        (DeviceSupervisor supervisor, ISafeState safe) = Require<ISafeState>(channel.Device, "cannot open the circuit");
        using var patience = new CancellationTokenSource(timings.StopConfirmation, clocks.Wall);
        await supervisor.OvertakeAsync(async _ =>
        {
            await safe.OpenCircuitAsync(channel, patience.Token);
            return true;
        });
    }

    /// <summary>Returns when the circuit is open, confirmed; until then the alarm stands.</summary>
    public async Task OpenUntilConfirmedAsync(LiveJob live, ChannelAddress channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await OpenAsync(channel);
                await alarms.ClearAsync(AlarmIds.Output(channel));
                return;
            }
            catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException)
            {
                string text = $"Job {live.Id}: {channel} is NOT confirmed as off ({failure.Message}); it is tried again, look at the instrument";
                Log.StopNotConfirmed(logger, live.Id, failure.Message);
                await alarms.RaiseAsync(AlarmIds.Output(channel), AlarmSeverity.Critical, text, live.Id, channel.ToString());
            }

            await Task.Delay(timings.StageRetry, clocks.Wall, cancellationToken);
        }
    }

    /// <summary>Does it until the store takes it: what an instrument has measured or done is not lost for a full disk.</summary>
    public async Task PersistAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (StorageException failure)
            {
                Log.StoreFailed(logger, "A step beside the cycler", failure.Message);
                await alarms.RaiseAsync(AlarmIds.Storage, AlarmSeverity.Critical, $"Records cannot be stored: {failure.Message}. Jobs go on when they can be", null, null);
            }

            await Task.Delay(timings.StorageRetry, clocks.Wall, cancellationToken);
        }
    }

    /// <summary>What no driver or store should throw, told to the log, as a fault that is tried again.</summary>
    public DeviceFaultException Defect(JobId job, string what, DeviceId device, Exception failure)
    {
        Log.StageFailed(logger, job, what, failure);
        return new DeviceFaultException(FaultKind.Protocol, device, failure.Message, failure);
    }

    /// <summary>The job waits for a person before its next segment.</summary>
    public async Task WaitForPersonAsync(LiveJob live, string reason)
    {
        if (await ledger.SignalAsync(live, JobSignal.MustWait, reason))
        {
            await alarms.RaiseAsync(AlarmIds.Start(live.Id), AlarmSeverity.Warning, $"Job {live.Id} waits: {reason}", live.Id, live.Channel.ToString());
        }
    }
}
