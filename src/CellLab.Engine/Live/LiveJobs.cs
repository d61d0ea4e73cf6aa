using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Live;

/// <summary>All jobs that have not ended, and what they hold.</summary>
internal sealed class LiveJobs
{
    private readonly ConcurrentDictionary<JobId, LiveJob> _jobs = new();

    public Leases<ChannelAddress> Channels { get; } = new();

    /// <summary>By name: one cell is in one job.</summary>
    public Leases<string> Samples { get; } = new();

    public IEnumerable<LiveJob> All => _jobs.Values;

    public void Add(LiveJob live)
    {
        Channels.TryLease(live.Channel, live.Id);
        Samples.TryLease(live.Job.Sample, live.Id);
        _jobs[live.Id] = live;
    }

    public void Remove(LiveJob live)
    {
        _jobs.TryRemove(live.Id, out _);
        Channels.Release(live.Channel, live.Id);
        Samples.Release(live.Job.Sample, live.Id);
    }

    public LiveJob? Find(JobId job) => _jobs.GetValueOrDefault(job);

    public IEnumerable<LiveJob> On(DeviceId device) => _jobs.Values.Where(live => live.Channel.Device == device);

    public LiveJob? On(ChannelAddress channel) => Channels.HolderOf(channel) is { } job ? Find(job) : null;
}
