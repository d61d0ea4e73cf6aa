using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Publishing;

/// <summary>Rows of each job and stream that wait for their message.</summary>
internal sealed class JobBatches(int fullRows)
{
    private readonly Dictionary<(JobId, string), List<RecordRow>> _waiting = [];

    /// <returns>The batch of the row's stream when this row has filled it; it is then taken out.</returns>
    public IReadOnlyList<RecordRow>? Add(RecordRow row)
    {
        (JobId, string) key = (row.Job, row.Stream);
        if (!_waiting.TryGetValue(key, out List<RecordRow>? batch))
        {
            batch = [];
            _waiting.Add(key, batch);
        }

        batch.Add(row);
        if (batch.Count < fullRows)
        {
            return null;
        }

        _waiting.Remove(key);
        return batch;
    }

    public IReadOnlyList<IReadOnlyList<RecordRow>> TakeAll()
    {
        IReadOnlyList<IReadOnlyList<RecordRow>> all = [.. _waiting.Values];
        _waiting.Clear();
        return all;
    }

    public void Clear() => _waiting.Clear();
}
