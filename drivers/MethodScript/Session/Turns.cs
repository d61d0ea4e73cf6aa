namespace CellLab.Drivers.MethodScript.Session;

/// <summary>One exchange at a time. An urgent one calls off the exchange under way and goes before all that wait.</summary>
internal sealed class Turns : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _lock = new();
    private CancellationTokenSource _interrupt = new(); // has no timer: nothing to dispose of
    private int _urgent;

    /// <summary>Ends with <see cref="InterruptedByStopException"/> when an urgent exchange comes.</summary>
    public async Task<T> RoutineAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        CancellationToken interrupted = Interrupted;
        try
        {
            interrupted = RequireNoUrgent();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interrupted);
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedByStopException();
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<T> UrgentAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        BeginUrgent();
        try
        {
            await _one.WaitAsync(cancellationToken);
            try
            {
                return await work(cancellationToken);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            lock (_lock)
            {
                _urgent--;
            }
        }
    }

    public void Dispose() => _one.Dispose();

    private CancellationToken Interrupted
    {
        get
        {
            lock (_lock)
            {
                return _interrupt.Token;
            }
        }
    }

    private CancellationToken RequireNoUrgent()
    {
        lock (_lock)
        {
            return _urgent == 0 ? _interrupt.Token : throw new InterruptedByStopException();
        }
    }

    private void BeginUrgent()
    {
        CancellationTokenSource present;
        lock (_lock)
        {
            _urgent++;
            present = _interrupt;
            _interrupt = new CancellationTokenSource();
        }

        present.Cancel();
    }
}

/// <summary>The exchange was called off because a stop goes first.</summary>
internal sealed class InterruptedByStopException() : Exception("called off because a stop goes first");
