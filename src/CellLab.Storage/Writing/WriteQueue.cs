namespace CellLab.Storage.Writing;

/// <summary>Bounded queue in front of the one writer. Who comes while it is full waits; the writer takes all that wait at once.</summary>
#pragma warning disable CA1001 // the semaphore is never asked for its handle, so there is nothing to dispose of
internal sealed class WriteQueue(int capacity)
#pragma warning restore CA1001
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _slots = new(capacity);
    private readonly List<PendingWrite> _waiting = [];
    private bool _closed;

    /// <exception cref="ObjectDisposedException">The journal has been closed.</exception>
    public async Task AddAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        Add(write);
    }

    /// <summary>For the journal's own threads: waits for a place without a task.</summary>
    public void AddBlocking(PendingWrite write, CancellationToken cancellationToken)
    {
        _slots.Wait(cancellationToken);
        Add(write);
    }

    /// <summary>Waits for work and takes all of it, in order. False when the queue is closed and empty.</summary>
    public bool TakeAll(List<PendingWrite> into)
    {
        into.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            into.AddRange(_waiting);
            _waiting.Clear();
        }

        if (into.Count > 0 && !_closed)
        {
            _slots.Release(into.Count);
        }

        return into.Count > 0;
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _slots.Release(int.MaxValue / 2); // who waits for a place learns that it is closed
    }

    private void Add(PendingWrite write)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Journal));
            _waiting.Add(write);
            Monitor.Pulse(_gate);
        }
    }
}
