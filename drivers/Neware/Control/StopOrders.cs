using System.Collections.Concurrent;
using CellLab.Core.Devices;

namespace CellLab.Drivers.Neware.Control;

/// <summary>What starts and stops on a channel must know of each other: a start under way notices a stop that has overtaken it, and a stop
/// notices a start whose answer was lost and which may still take effect.</summary>
internal sealed class StopOrders
{
    private readonly ConcurrentDictionary<ChannelAddress, long> _counts = new();
    private readonly ConcurrentDictionary<ChannelAddress, bool> _uncertainStarts = new();

    public void Add(ChannelAddress channel) => _counts.AddOrUpdate(channel, 1, (_, count) => count + 1);

    public long CountOf(ChannelAddress channel) => _counts.GetValueOrDefault(channel);

    public void StartSent(ChannelAddress channel) => _uncertainStarts[channel] = true;

    public void StartSettled(ChannelAddress channel) => _uncertainStarts.TryRemove(channel, out _);

    public bool IsStartUncertain(ChannelAddress channel) => _uncertainStarts.ContainsKey(channel);
}
