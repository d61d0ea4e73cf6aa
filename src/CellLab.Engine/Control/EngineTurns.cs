using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Engine.Alarms;
using CellLab.Engine.Live;
using CellLab.Engine.Operated;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>What the devices' tasks serve: the cursors of the live jobs go out, the news come in, open starts and stops are settled on connect.</summary>
internal sealed class EngineTurns(
    LiveJobs jobs, JobTurns turns, JobStarter starter, OperatedStarts operated, JobDispatcher dispatcher, JobStopper stopper, DeviceViews views, RestVoltages rest, AlarmDesk alarms, PipelineCheck pipelines, Action<string, string> told)
    : ITurnHandler
{
    public IReadOnlyList<ChannelCursor> CursorsOf(DeviceId device) => [.. jobs.On(device).Select(live => live.Cursor()).OfType<ChannelCursor>()];

    public async Task HandleAsync(DeviceSupervisor supervisor, BankReading reading, CancellationToken cancellationToken)
    {
        foreach (ChannelStatus status in reading.States)
        {
            rest.Observe(status);
        }

        foreach (ChannelAddress channel in views.Observe(reading.States))
        {
            told("channel", channel.ToString());
        }

        await turns.HandleAsync(supervisor, reading, cancellationToken);
        await operated.RecogniseAsync(supervisor, reading.States, cancellationToken);
    }

    public async Task ConnectedAsync(DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        await alarms.ClearAsync(AlarmIds.Device(supervisor.Id));
        await pipelines.CheckAsync(supervisor);
        foreach (LiveJob live in jobs.On(supervisor.Id).ToList())
        {
            await supervisor.WithDeviceAsync(device => SettleAsync(live, supervisor, device, cancellationToken));
        }
    }

    public async Task StateChangedAsync(DeviceSupervisor supervisor)
    {
        if (supervisor.State is DeviceState.Faulted or DeviceState.Disconnected && supervisor.LastError is not null)
        {
            bool used = jobs.On(supervisor.Id).Any();
            await alarms.RaiseAsync(
                AlarmIds.Device(supervisor.Id), used ? AlarmSeverity.Critical : AlarmSeverity.Warning, $"Device {supervisor.LastError}", null, supervisor.Id.Value);
        }

        else if (supervisor is { State: DeviceState.Degraded, LastError: { } unwell })
        {
            await alarms.RaiseAsync(AlarmIds.Device(supervisor.Id), AlarmSeverity.Warning, $"Device {unwell}", null, supervisor.Id.Value);
        }
        else if (supervisor.State == DeviceState.Online)
        {
            await alarms.ClearAsync(AlarmIds.Device(supervisor.Id));
        }

        told("device", supervisor.Id.Value);
    }

    private async Task SettleAsync(LiveJob live, DeviceSupervisor supervisor, IDevice device, CancellationToken cancellationToken)
    {
        switch (live.Job.State)
        {
            case JobState.Queued:
                await dispatcher.ConsiderAsync(live, device, cancellationToken);
                break;
            case JobState.Starting or JobState.Recovering or JobState.Stopping when live.Segment is null:
                await starter.SettleAsync(live, device, cancellationToken);
                break;
        }

        // A stop that was asked for before the link (or the service) was lost: only on a test that is still ours.
        if (live is { Job.State: JobState.Stopping, Segment: { } segment } && device.TryGet<IChannelBank>(out var bank))
        {
            ChannelStatus found = await bank.InspectAsync(live.Channel, cancellationToken);
            if (found.TestId == segment.TestId && found.State is ChannelState.Running or ChannelState.Paused && supervisor.Capability<IProgramRunner>() is { } runner)
            {
                await stopper.InsistAsync(live, runner);
            }
        }
    }
}
