using System.Collections.Concurrent;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Live;

/// <summary>Which job has which thing (a channel, a sample): one job a thing.</summary>
internal sealed class Leases<TThing>
    where TThing : notnull
{
    private readonly ConcurrentDictionary<TThing, JobId> _holders = new();

    /// <returns>Null when the lease is granted, else the job that holds it.</returns>
    public JobId? TryLease(TThing thing, JobId job)
    {
        JobId holder = _holders.GetOrAdd(thing, job);
        return holder == job ? null : holder;
    }

    public void Release(TThing thing, JobId job) => _holders.TryRemove(KeyValuePair.Create(thing, job));

    public JobId? HolderOf(TThing thing) => _holders.TryGetValue(thing, out JobId job) ? job : null;
}
