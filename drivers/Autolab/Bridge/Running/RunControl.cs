namespace CellLab.AutolabBridge.Running;

/// <summary>A run as other threads see it: they may ask for its end and look at its newest reading.</summary>
#pragma warning disable CA1001 // other threads may still wait for its end; the handle goes with the object
internal sealed class RunControl(string id)
#pragma warning restore CA1001
{
    private readonly ManualResetEvent _interrupt = new(false);
    private readonly TaskCompletionSource<bool> _over = new();
    private string? _abortReason;
    private Box? _latest;

    public string Id { get; } = id;

    /// <summary>Set when the run is to end.</summary>
    public WaitHandle Interrupt => _interrupt;

    public Reading? Latest => Volatile.Read(ref _latest)?.Reading;

    public bool IsAborting => Volatile.Read(ref _abortReason) is not null;

    /// <summary>After the end: the cell was read back as off.</summary>
    public bool CellIsOff { get; private set; }

    public void Saw(Reading reading) => Volatile.Write(ref _latest, new Box(reading));

    public void Abort(string reason)
    {
        Interlocked.CompareExchange(ref _abortReason, reason, null);
        _interrupt.Set();
    }

    /// <exception cref="RunStopException">An end was asked for.</exception>
    public void ThrowIfAborted()
    {
        if (Volatile.Read(ref _abortReason) is { } reason)
        {
            throw new RunStopException("aborted", null, reason);
        }
    }

    public void End(bool cellIsOff)
    {
        CellIsOff = cellIsOff;
        _over.TrySetResult(true);
    }

    public bool WaitForEnd(TimeSpan limit) => _over.Task.Wait(limit);

    private sealed record Box(Reading Reading);
}
