namespace CellLab.Drivers.Catalog;

/// <summary>One conversation with the device at a time. Switching off calls the others off: what they would still have written is not
/// written after it.</summary>
public sealed class Overtaking : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource _calledOff = new();

    /// <exception cref="CalledOffException">The output was switched off meanwhile.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> conversation, CancellationToken cancellationToken)
    {
        CancellationToken calledOff = CalledOff();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(calledOff, cancellationToken);
        try
        {
            await _turn.WaitAsync(either.Token);
            try
            {
                return await conversation(either.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (calledOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CalledOffException();
        }
    }

    /// <summary>Goes first: calls off what is under way and what waits, and lets nothing begin before it is done.</summary>
    public async Task OvertakeAsync(Func<CancellationToken, Task> conversation, CancellationToken cancellationToken)
    {
        CancellationTokenSource before;
        lock (_gate)
        {
            (before, _calledOff) = (_calledOff, new CancellationTokenSource());
        }

        await before.CancelAsync();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await conversation(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _calledOff.Dispose();
        _turn.Dispose();
    }

    private CancellationToken CalledOff()
    {
        lock (_gate)
        {
            return _calledOff.Token;
        }
    }
}

/// <summary>Switching off went first.</summary>
public sealed class CalledOffException() : Exception("called off, because the output was switched off meanwhile");
