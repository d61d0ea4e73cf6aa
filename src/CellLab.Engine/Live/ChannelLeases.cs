using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Live;

/// <summary>Which live job has which channel. One job a channel, one channel a job.</summary>
internal sealed class ChannelLeases
{
    private readonly ConcurrentDictionary<ChannelAddress, JobId> _holders = new();

    /// <returns>Null when the lease is granted, else the job that holds it.</returns>
    public JobId? TryLease(ChannelAddress channel, JobId job)
    {
        JobId holder = _holders.GetOrAdd(channel, job);
        return holder == job ? null : holder;
    }

    public void Release(ChannelAddress channel, JobId job) => _holders.TryRemove(KeyValuePair.Create(channel, job));

    public JobId? HolderOf(ChannelAddress channel) => _holders.TryGetValue(channel, out JobId job) ? job : null;
}
