namespace CellLab.Drivers.XrdTrigger;

/// <summary>The beginning of a pulse and a release, one after the other: a pulse either is out when the release lowers the output, or never comes.</summary>
internal sealed class PulseEdge : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <exception cref="TriggerRefusedException">Released before; nothing was sent.</exception>
    public async Task BeginAsync(Func<Task> begin, CancellationToken released)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            RequireNotReleased(released);
            await begin();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task ReleaseAsync(Func<Task> lower, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await lower();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="TriggerRefusedException">Released before.</exception>
    public static void RequireNotReleased(CancellationToken released)
    {
        if (released.IsCancellationRequested)
        {
            throw new TriggerRefusedException("no pulse: the trigger was released before it began");
        }
    }

    public void Dispose() => _gate.Dispose();
}
