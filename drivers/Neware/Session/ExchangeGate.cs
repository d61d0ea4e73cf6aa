namespace CellLab.Drivers.Neware.Session;

/// <summary>Lets one exchange pass at a time; urgent ones go before routine ones, and while an urgent conversation is open no routine exchange
/// begins at all.</summary>
internal sealed class ExchangeGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<Turn>> _urgent = new();
    private readonly LinkedList<TaskCompletionSource<Turn>> _routine = new();
    private Action? _interruptHolder;
    private int _conversations;

    /// <summary>Waits for its turn; dispose the turn to end it.</summary>
    public async Task<Turn> EnterAsync(bool urgent, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedList<TaskCompletionSource<Turn>> queue = urgent ? _urgent : _routine;
        lock (_lock)
        {
            queue.AddLast(waiter);
            PassOn_NeedsLock();
        }

        await using (cancellationToken.Register(() => GiveUp(queue, waiter, cancellationToken)))
        {
            return await waiter.Task;
        }
    }

    /// <summary>Keeps routine exchanges waiting until the result is disposed.</summary>
    public IDisposable BeginUrgentConversation()
    {
        lock (_lock)
        {
            _conversations++;
        }

        return new Conversation(this);
    }

    /// <summary>Tells the exchange under way, if there is one, to end at once.</summary>
    public void InterruptHolder()
    {
        Action? interrupt;
        lock (_lock)
        {
            interrupt = _interruptHolder;
        }

        interrupt?.Invoke();
    }

    private void GiveUp(LinkedList<TaskCompletionSource<Turn>> queue, TaskCompletionSource<Turn> waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (queue.Remove(waiter))
            {
                waiter.TrySetCanceled(cancellationToken);
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _interruptHolder = null;
            PassOn_NeedsLock();
        }
    }

    private void EndConversation()
    {
        lock (_lock)
        {
            _conversations--;
            PassOn_NeedsLock();
        }
    }

    private void PassOn_NeedsLock()
    {
        if (_interruptHolder is not null)
        {
            return;
        }

        LinkedList<TaskCompletionSource<Turn>> queue = _urgent.Count > 0 ? _urgent : _routine;
        if (queue.First is not { } first || (queue == _routine && _conversations > 0))
        {
            return;
        }

        queue.RemoveFirst();
        var turn = new Turn(this);
        _interruptHolder = turn.Interrupt;
        first.Value.SetResult(turn);
    }

    /// <summary>The right to use the connection, until it is disposed.</summary>
    internal sealed class Turn(ExchangeGate gate) : IDisposable
    {
        private readonly CancellationTokenSource _interrupted = new(); // has no timer: nothing to dispose of, and a late interrupt is harmless

        public CancellationToken Interrupted => _interrupted.Token;

        public void Interrupt() => _interrupted.Cancel();

        public void Dispose() => gate.Leave();
    }

    private sealed class Conversation(ExchangeGate gate) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                gate.EndConversation();
            }
        }
    }
}
