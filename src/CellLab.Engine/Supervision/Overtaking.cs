namespace CellLab.Engine.Supervision;

/// <summary>Lets a stop call off the turn under way and keeps new turns back until every stop is done. The stop itself runs on its caller's
/// task: the driver drops a hanging exchange on its own (IProgramRunner.StopAsync).</summary>
internal sealed class Overtaking
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _turn;
    private TaskCompletionSource? _clear;
    private int _stops;

    public async Task<T> RunAsync<T>(Func<Task<T>> stop)
    {
        CancellationTokenSource? turn;
        lock (_lock)
        {
            _stops++;
            _clear ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            turn = _turn;
            _turn = null;
        }

        Task calledOff = CancelAsync(turn);
        try
        {
            return await stop();
        }
        finally
        {
            await calledOff;
            Release();
        }
    }

    public CancellationTokenSource BeginTurn(CancellationToken stopping)
    {
        var turn = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lock (_lock)
        {
            if (_stops > 0)
            {
                turn.Cancel();
            }
            else
            {
                _turn = turn;
            }
        }

        return turn;
    }

    public Task WaitUntilClearAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _clear is null ? Task.CompletedTask : _clear.Task.WaitAsync(cancellationToken);
        }
    }

    private static async Task CancelAsync(CancellationTokenSource? turn)
    {
        try
        {
            if (turn is not null)
            {
                await turn.CancelAsync();
            }
        }
        catch (ObjectDisposedException)
        {
            // the turn ended by itself between the two lines: nothing to call off
        }
    }

    private void Release()
    {
        TaskCompletionSource? clear = null;
        lock (_lock)
        {
            if (--_stops == 0)
            {
                (clear, _clear) = (_clear, null);
            }
        }

        clear?.TrySetResult();
    }
}
