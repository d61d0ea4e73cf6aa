using CellLab.Core.Devices;
using CellLab.Engine.Desk;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Whether a channel can take a job at all.</summary>
internal static class ChannelCheck
{
    /// <param name="field">Member of the request that named the channel.</param>
    public static (IChannelBank Bank, IProgramRunner Runner) Require(ChannelAddress channel, DeviceSupervisor supervisor, string field)
    {
        if (supervisor.Capability<IProgramRunner>() is not { } runner || supervisor.Capability<IChannelBank>() is not { } bank)
        {
            throw new DeskRefusedException($"device {supervisor.Id} ({supervisor.Driver}) cannot run a program by itself", field);
        }

        if (supervisor.State != DeviceState.Online)
        {
            throw new DeskRefusedException($"device {supervisor.Id} is {supervisor.State}{(supervisor.LastError is null ? "" : $" ({supervisor.LastError})")}; nothing is started on an instrument that does not answer", field);
        }

        return supervisor.Channels.Contains(channel)
            ? (bank, runner)
            : throw new DeskRefusedException($"device {supervisor.Id} does not show channel {channel.Channel}; it has {string.Join(", ", supervisor.Channels.Select(found => found.Channel))}", field);
    }

    public static void RequireFree(ChannelStatus status, string field)
    {
        if (status.State is ChannelState.Running or ChannelState.Paused)
        {
            throw new DeskRefusedException($"channel {status.Channel} is busy: '{status.StateText}', test {status.TestId}, barcode '{status.Barcode}'; it was not started by a job of this service", field);
        }

        if (status.State is ChannelState.Unknown or ChannelState.Faulted)
        {
            throw new DeskRefusedException($"the state of channel {status.Channel} is unclear ('{status.StateText}'); look at the instrument first", field);
        }
    }
}
