using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Writing;

/// <summary>One caller's write on its way to the disk. It can be withdrawn until the writer has taken it.</summary>
internal sealed class PendingWrite
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    public JournalWrite? Write { get; init; }

    public CursorMove? Cursor { get; init; }

    public TailTrim? Trim { get; init; }

    /// <summary>Something of the journal's own, within the transaction; what it throws withdraws this write and no other.</summary>
    public Action<Database>? Run { get; init; }

    /// <summary>Nothing to store: the writer folds the write-ahead log back when its turn comes.</summary>
    public bool Checkpoint { get; init; }

    public Task Done => _done.Task;

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Withdraw(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting)
        {
            _done.TrySetCanceled(cancellationToken);
        }
    }

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception fault) => _done.TrySetException(fault);
}
