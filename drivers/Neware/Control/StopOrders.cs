using System.Collections.Concurrent;
using CellLab.Core.Devices;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Counts the stops asked for on each channel, so that a start under way notices one that has overtaken it.</summary>
internal sealed class StopOrders
{
    private readonly ConcurrentDictionary<ChannelAddress, long> _counts = new();

    public void Add(ChannelAddress channel) => _counts.AddOrUpdate(channel, 1, (_, count) => count + 1);

    public long CountOf(ChannelAddress channel) => _counts.GetValueOrDefault(channel);
}
