using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Publishing;

/// <summary>The waiting batches of all jobs and streams, oldest first.</summary>
internal sealed class JobBatches(int fullRows, TimeSpan longestWait, TimeProvider wall)
{
    private readonly Dictionary<(JobId, string), JobBatch> _waiting = [];
    private readonly Queue<JobBatch> _byAge = new();

    /// <summary>Until the oldest batch has to go; null when none waits.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            if (Oldest() is not { } oldest)
            {
                return null;
            }

            TimeSpan left = longestWait - wall.GetElapsedTime(oldest.Opened);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <returns>The batch that this row has filled, taken out.</returns>
    public JobBatch? Add(RecordRow row, PublishWindow window)
    {
        (JobId, string) key = (row.Job, row.Stream);
        if (!_waiting.TryGetValue(key, out JobBatch? batch))
        {
            batch = new JobBatch(wall.GetTimestamp());
            _waiting.Add(key, batch);
            _byAge.Enqueue(batch);
        }

        batch.Add(row, window);
        return batch.Rows.Count >= fullRows ? Take(batch) : null;
    }

    /// <summary>The oldest batch when its time has come, taken out.</summary>
    public JobBatch? TakeDue() => TimeLeft == TimeSpan.Zero ? TakeOldest() : null;

    public JobBatch? TakeOldest() => Oldest() is { } oldest ? Take(oldest) : null;

    private JobBatch? Oldest()
    {
        while (_byAge.TryPeek(out JobBatch? batch))
        {
            if (!batch.IsTaken)
            {
                return batch;
            }

            _byAge.Dequeue();
        }

        return null;
    }

    private JobBatch Take(JobBatch batch)
    {
        batch.IsTaken = true;
        _waiting.Remove((batch.Rows[0].Job, batch.Rows[0].Stream));
        return batch;
    }
}
