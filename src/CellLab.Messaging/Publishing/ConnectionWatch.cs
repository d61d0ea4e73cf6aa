namespace CellLab.Messaging.Publishing;

/// <summary>Waits for the connection, and notes when the broker has come back without its memory.</summary>
public sealed class ConnectionWatch : IDisposable
{
    private readonly IMessageClient _client;
    private readonly Lock _gate = new();
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wasUp;
    private long _losses;

    public ConnectionWatch(IMessageClient client)
    {
        _client = client;
        _client.ConnectionChanged += OnChanged;
        if (_client.IsConnected)
        {
            OnChanged(true);
        }
    }

    /// <summary>Told at every connect, from the client's thread.</summary>
    public event Action Connected = () => { };

    /// <summary>Told when the connection is lost, from the client's thread.</summary>
    public event Action Disconnected = () => { };

    /// <summary>How often the broker has come back without its memory.</summary>
    public long MemoryLosses => Interlocked.Read(ref _losses);

    /// <summary>Down as soon as the client has said so, up not before it has.</summary>
    public bool IsUp
    {
        get
        {
            lock (_gate)
            {
                return _up.Task.IsCompleted;
            }
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _up.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _client.ConnectionChanged -= OnChanged;

    private void OnChanged(bool up)
    {
        lock (_gate)
        {
            if (up && !_up.Task.IsCompleted)
            {
                _losses += _wasUp && !_client.SessionResumed ? 1 : 0;
                _wasUp = true;
                _up.SetResult();
            }
            else if (!up && _up.Task.IsCompleted)
            {
                _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        (up ? Connected : Disconnected)();
    }
}
