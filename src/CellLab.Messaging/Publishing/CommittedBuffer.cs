using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Messaging.Publishing;

/// <summary>Just-committed rows between the journal's writer and the publisher, bounded: what does not fit is left out here and read from
/// the journal later.</summary>
internal sealed class CommittedBuffer(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<CommittedRows> _batches = new();
    private int _rows;

    public void Offer(CommittedRows committed)
    {
        lock (_gate)
        {
            if (_rows + committed.Rows.Count <= capacity)
            {
                _batches.Enqueue(committed);
                _rows += committed.Rows.Count;
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _batches.Count == 0;
            }
        }
    }

    /// <summary>The rows that follow position <paramref name="after"/> without a gap, whole commits up to <paramref name="most"/> rows but at
    /// least one commit; empty when the next row is not in memory.</summary>
    public IReadOnlyList<PositionedRow> Take(long after, int most)
    {
        var taken = new List<PositionedRow>();
        lock (_gate)
        {
            while (_batches.TryPeek(out CommittedRows? batch) && batch.FirstPosition <= after + 1
                && (taken.Count == 0 || taken.Count + batch.Rows.Count <= most))
            {
                _batches.Dequeue();
                _rows -= batch.Rows.Count;
                Append(taken, batch, ref after);
            }
        }

        return taken;
    }

    private static void Append(List<PositionedRow> taken, CommittedRows batch, ref long after)
    {
        IReadOnlyList<RecordRow> rows = batch.Rows;
        for (int i = 0; i < rows.Count; i++)
        {
            long position = batch.FirstPosition + i;
            if (position > after)
            {
                taken.Add(new PositionedRow(position, rows[i]));
                after = position;
            }
        }
    }
}
