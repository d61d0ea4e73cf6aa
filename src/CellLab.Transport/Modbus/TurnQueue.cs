namespace CellLab.Transport.Modbus;

/// <summary>One at a time, in the order of asking; who is urgent goes before all who are not.</summary>
internal sealed class TurnQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _urgent = new();
    private readonly Queue<TaskCompletionSource> _others = new();
    private bool _taken;

    /// <summary>Waits for the turn; disposing the result ends it.</summary>
    public async Task<IDisposable> TakeAsync(bool urgent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return new Turn(this);
            }

            (urgent ? _urgent : _others).Enqueue(turn);
        }

        await using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Turn(this);
    }

    private void End()
    {
        lock (_gate)
        {
            while (_urgent.TryDequeue(out TaskCompletionSource? next) || _others.TryDequeue(out next))
            {
                if (next.TrySetResult()) // false: it was cancelled while it waited
                {
                    return;
                }
            }

            _taken = false;
        }
    }

    private sealed class Turn(TurnQueue queue) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                queue.End();
            }
        }
    }
}
