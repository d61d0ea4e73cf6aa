using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Engine.Alarms;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Holds the configured pipelines against what a device shows once it answers: a channel that is not there is told then, not when somebody wants to
/// start a cell on it.</summary>
internal sealed class PipelineCheck(IReadOnlyList<PipelineSpec> pipelines, AlarmDesk alarms)
{
    /// <summary>Alarms of pipelines that the configuration does not have any more have lost their cause.</summary>
    public async Task ForgetAsync()
    {
        HashSet<string> configured = [.. pipelines.SelectMany(pipeline => pipeline.Roles.Keys.Select(role => AlarmIds.Pipeline(pipeline.Id, role)))];
        foreach (string id in alarms.Present.Select(alarm => alarm.Id).Where(id => id.StartsWith(AlarmIds.PipelinePrefix, StringComparison.Ordinal) && !configured.Contains(id)))
        {
            await alarms.ClearAsync(id);
        }
    }

    public async Task CheckAsync(DeviceSupervisor supervisor)
    {
        if (supervisor.Capability<IChannelBank>() is null)
        {
            return; // an instrument without cells has no list of channels
        }

        foreach (PipelineSpec pipeline in pipelines)
        {
            foreach ((string role, ChannelAddress channel) in pipeline.Roles.Where(role => role.Value.Device == supervisor.Id))
            {
                await CheckAsync(pipeline.Id, role, channel, supervisor);
            }
        }
    }

    private Task CheckAsync(string pipeline, string role, ChannelAddress channel, DeviceSupervisor supervisor) => supervisor.Channels.Contains(channel)
        ? alarms.ClearAsync(AlarmIds.Pipeline(pipeline, role))
        : alarms.RaiseAsync(
            AlarmIds.Pipeline(pipeline, role),
            AlarmSeverity.Warning,
            $"pipeline '{pipeline}': device {supervisor.Id} does not show channel {channel.Channel}; it has {Shown(supervisor)}: correct roles.{role} in the configuration, "
                + "or bring the channel back",
            null,
            supervisor.Id.Value);

    private static string Shown(DeviceSupervisor supervisor) =>
        supervisor.Channels.Count == 0 ? "none" : string.Join(", ", supervisor.Channels.Select(found => found.Channel));
}
