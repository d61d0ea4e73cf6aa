using CellLab.Core.Storage;

namespace CellLab.Messaging.Publishing;

/// <summary>Rows in the order of the journal: from memory while the publisher keeps up, from the journal's tail when it is behind.</summary>
internal sealed class RowSource : IDisposable
{
    /// <summary>A commit is visible in the journal a moment before it is told.</summary>
    private static readonly TimeSpan TellingDelay = TimeSpan.FromMilliseconds(50);

    private readonly IJournal _journal;
    private readonly PublisherOptions _options;
    private readonly TimeProvider _wall;
    private readonly CommittedBuffer _memory;
    private readonly Signal _committed = new();

    public RowSource(IJournal journal, PublisherOptions options, TimeProvider wall)
    {
        _journal = journal;
        _options = options;
        _wall = wall;
        _memory = new CommittedBuffer(options.MemoryRows);
        _journal.RowsCommitted += OnCommitted;
    }

    /// <summary>The last rows came from the journal, and there may be more.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Rows that were read from the journal because they were not in memory.</summary>
    public long RowsReadBack { get; private set; }

    public void Wake() => _committed.Set();

    /// <summary>Waits at most <paramref name="limit"/> for rows after the position; empty when none came or when woken.</summary>
    public async Task<IReadOnlyList<PositionedRow>> NextAsync(long after, TimeSpan limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<PositionedRow> rows = _memory.Take(after, _options.NodeRows);
        if (rows.Count > 0)
        {
            IsBehind = false;
            return rows;
        }

        if (_journal.LastPosition <= after)
        {
            IsBehind = false;
            await WaitAsync(limit, cancellationToken);
            return _memory.Take(after, _options.NodeRows);
        }

        if (!IsBehind && _memory.IsEmpty && await _committed.WaitAsync(TellingDelay, _wall, cancellationToken))
        {
            return _memory.Take(after, _options.NodeRows);
        }

        rows = await _journal.ReadTailAsync(after, _options.NodeRows, cancellationToken);
        IsBehind = rows.Count > 0;
        RowsReadBack += rows.Count;
        return rows;
    }

    public void Dispose() => _journal.RowsCommitted -= OnCommitted;

    private async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            await _committed.WaitAsync(cancellationToken);
        }
        else
        {
            await _committed.WaitAsync(limit, _wall, cancellationToken);
        }
    }

    private void OnCommitted(CommittedRows committed)
    {
        _memory.Offer(committed);
        _committed.Set();
    }
}
