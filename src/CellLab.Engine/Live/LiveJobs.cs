using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Live;

/// <summary>All jobs that have not ended, and what they hold.</summary>
internal sealed class LiveJobs
{
    private readonly ConcurrentDictionary<JobId, LiveJob> _jobs = new();

    public Bookings Bookings { get; } = new();

    public IEnumerable<LiveJob> All => _jobs.Values;

    public void Add(LiveJob live)
    {
        Bookings.TryBook(live.Id, live.Job.Sample, live.Channel);
        _jobs[live.Id] = live;
    }

    public void Remove(LiveJob live)
    {
        _jobs.TryRemove(live.Id, out _);
        Bookings.Release(live.Id);
    }

    public LiveJob? Find(JobId job) => _jobs.GetValueOrDefault(job);

    public IEnumerable<LiveJob> On(DeviceId device) => _jobs.Values.Where(live => live.Channel.Device == device);

    /// <summary>The job that holds the channel.</summary>
    public LiveJob? On(ChannelAddress channel) => Bookings.HolderOf(channel) is { } job ? Find(job) : null;
}
