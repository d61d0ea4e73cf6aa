using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Engine.Live;

/// <summary>Which jobs want which channel, in order of submission: the first one holds it. One cell is in jobs of one channel alone.</summary>
internal sealed class Bookings
{
    private readonly Lock _lock = new();
    private readonly List<Booking> _bookings = [];
    private readonly Dictionary<ChannelAddress, JobId> _holders = []; // asked for every channel at every change of state

    /// <summary>Takes the next place on the channel.</summary>
    /// <returns>The job that keeps the sample on another channel: nothing was booked then. Else null.</returns>
    public JobId? TryBook(JobId job, string sample, ChannelAddress channel)
    {
        lock (_lock)
        {
            if (_bookings.FirstOrDefault(found => found.Sample == sample && found.Channel != channel && found.Job != job) is { } elsewhere)
            {
                return elsewhere.Job;
            }

            if (_bookings.All(found => found.Job != job))
            {
                _bookings.Add(new Booking(job, sample, channel));
                _holders.TryAdd(channel, job);
            }

            return null;
        }
    }

    public void Release(JobId job)
    {
        lock (_lock)
        {
            if (_bookings.Find(found => found.Job == job) is not { } own)
            {
                return;
            }

            _bookings.Remove(own);
            if (_bookings.Find(found => found.Channel == own.Channel) is { } next)
            {
                _holders[own.Channel] = next.Job;
            }
            else
            {
                _holders.Remove(own.Channel);
            }
        }
    }

    public JobId? HolderOf(ChannelAddress channel)
    {
        lock (_lock)
        {
            return _holders.TryGetValue(channel, out JobId holder) ? holder : null;
        }
    }

    /// <summary>The job directly before this one on its channel; null for the one that holds it.</summary>
    public JobId? Ahead(JobId job)
    {
        lock (_lock)
        {
            Booking? own = _bookings.Find(found => found.Job == job);
            return own is null ? null : _bookings.TakeWhile(found => found.Job != job).LastOrDefault(found => found.Channel == own.Channel)?.Job;
        }
    }

    private sealed record Booking(JobId Job, string Sample, ChannelAddress Channel);
}
