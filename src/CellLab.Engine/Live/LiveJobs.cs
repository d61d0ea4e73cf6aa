using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Live;

/// <summary>All jobs that have not ended.</summary>
internal sealed class LiveJobs
{
    private readonly ConcurrentDictionary<JobId, LiveJob> _jobs = new();

    public ChannelLeases Leases { get; } = new();

    public IEnumerable<LiveJob> All => _jobs.Values;

    public void Add(LiveJob live) => _jobs[live.Id] = live;

    public void Remove(LiveJob live)
    {
        _jobs.TryRemove(live.Id, out _);
        Leases.Release(live.Channel, live.Id);
    }

    public LiveJob? Find(JobId job) => _jobs.GetValueOrDefault(job);

    public IEnumerable<LiveJob> On(DeviceId device) => _jobs.Values.Where(live => live.Channel.Device == device);

    public LiveJob? On(ChannelAddress channel) => Leases.HolderOf(channel) is { } job ? Find(job) : null;

    public LiveJob? WithSample(string sample) => _jobs.Values.FirstOrDefault(live => live.Job.Sample == sample);
}
