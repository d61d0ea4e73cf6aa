using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>What devices and channels look like from outside, kept from the last turn of each.</summary>
internal sealed class DeviceViews(LiveJobs jobs, TimeProvider wall)
{
    private static readonly TimeSpan ShortestNews = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChannelAddress, (ChannelStatus Status, long ToldAtWall)> _channels = new();

    /// <returns>The channels whose new status is worth telling: a changed state at once, changed values once a second.</returns>
    public IReadOnlyList<ChannelAddress> Observe(IReadOnlyList<ChannelStatus> states)
    {
        var news = new List<ChannelAddress>();
        foreach (ChannelStatus status in states)
        {
            bool known = _channels.TryGetValue(status.Channel, out var before);
            bool tell = !known || before.Status.State != status.State || before.Status.TestId != status.TestId
                || wall.GetElapsedTime(before.ToldAtWall) >= ShortestNews;
            _channels[status.Channel] = (status, tell ? wall.GetTimestamp() : before.ToldAtWall);
            if (tell)
            {
                news.Add(status.Channel);
            }
        }

        return news;
    }

    public DeviceView Of(DeviceSupervisor device) => new(
        device.Id, device.Driver, device.Simulated, device.State, device.Identity, device.LastError, [.. device.Channels.Select(View)])
    {
        PollInterval = device.Capability<IChannelBank>()?.PollInterval,
    };

    public ChannelView View(ChannelAddress channel)
    {
        ChannelStatus status = _channels.TryGetValue(channel, out var seen)
            ? seen.Status
            : new ChannelStatus(channel, ChannelState.Unknown, "not read yet", DateTimeOffset.UnixEpoch);
        LiveJob? live = jobs.On(channel);
        if (status.State == ChannelState.Running && live?.Progress is { } progress)
        {
            // present values of some testers are too coarse for a coin cell: the last stored record is finer; a cell at rest has none of its own
            status = status with { VoltageVolts = progress.VoltageVolts, CurrentAmperes = progress.CurrentAmperes };
        }

        return new ChannelView(status, live?.Id, live?.Progress?.LastRecordAtUtc);
    }
}
