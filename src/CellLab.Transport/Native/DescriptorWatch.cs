namespace CellLab.Transport.Native;

/// <summary>Waits of one descriptor: one reader and one writer at a time.</summary>
internal sealed class DescriptorWatch(DescriptorReactor reactor, ulong id, DescriptorHandle descriptor) : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _reader;
    private TaskCompletionSource? _writer;
    private bool _closed;

    public Task ReadableAsync(CancellationToken cancellationToken) => WaitAsync(reader: true, cancellationToken);

    public Task WritableAsync(CancellationToken cancellationToken) => WaitAsync(reader: false, cancellationToken);

    /// <summary>Hang-up and error wake both: the call that follows tells what it is.</summary>
    public void Signal(uint events)
    {
        const uint gone = EpollEvent.Error | EpollEvent.HangUp;
        lock (_gate)
        {
            if ((events & (EpollEvent.In | gone)) != 0)
            {
                _reader?.TrySetResult();
            }

            if ((events & (EpollEvent.Out | gone)) != 0)
            {
                _writer?.TrySetResult();
            }

            Rearm_NeedsLock();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            reactor.Forget(id);
            _reader?.TrySetException(Closed());
            _writer?.TrySetException(Closed());
        }
    }

    private async Task WaitAsync(bool reader, CancellationToken cancellationToken)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (reader)
            {
                _reader = waiting;
            }
            else
            {
                _writer = waiting;
            }

            Rearm_NeedsLock();
        }

        await using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiting);
        await waiting.Task;
    }

    private void Rearm_NeedsLock()
    {
        uint wanted = (Waits(_reader) ? EpollEvent.In : 0) | (Waits(_writer) ? EpollEvent.Out : 0);
        if (wanted != 0 && !_closed)
        {
            reactor.Arm(descriptor, wanted, id);
        }
    }

    private static bool Waits(TaskCompletionSource? waiting) => waiting is { Task.IsCompleted: false };

    private static ObjectDisposedException Closed() => new(nameof(DescriptorWatch), "the line was closed");
}
