using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Clients;

/// <summary>One connection to the broker on its own thread, reconnected for ever with our own back-off (the library's loop thread ends by
/// itself when the broker refuses a login).
/// <para>What is on its way when the connection is lost stays with the library and is sent again, in order, after the next connect: its task
/// stays open. While disconnected nothing more is given to the library, whose queue has no bound. Both hold only because a message is handed
/// over under the same lock that marks the connection as up or down: the library forgets, until the next reconnect, a message that it gets
/// while it is connecting.</para></summary>
internal sealed class BrokerConnection : INativeEvents, IAsyncDisposable
{
    private const int LoopMilliseconds = 100;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private const int MostPending = 20_000; // well under the 65,535 message ids

    private readonly MessageClientOptions _options;
    private readonly IConnectionOwner _owner;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly NativeClient _native;
    private readonly BackOff _backOff;
    private readonly Lock _gate = new();
    private readonly PendingPublishes _pending = new();
    private readonly Queue<NativeIncoming> _arrived = new();
    private readonly Queue<(int Mid, int Reason)> _subscribed = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private int? _connectAnswer;
    private bool _up;
    private volatile bool _sessionResumed;
    private volatile bool _hurry;
    private string? _problem;

    /// <exception cref="MessageException">The library is missing.</exception>
    public BrokerConnection(
        MessageClientOptions options, string clientId, Announcement? announcement, IConnectionOwner owner, TimeProvider wall, ILogger logger)
    {
        _options = options;
        _owner = owner;
        _wall = wall;
        _logger = logger;
        _backOff = new BackOff(options.FirstRetryDelay, options.LongestRetryDelay);
        _native = new NativeClient(options, clientId, announcement, this);
    }

    public bool IsUp => Volatile.Read(ref _up);

    public bool SessionResumed => _sessionResumed;

    /// <summary>Why there is no connection; null while there is one.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "mqtt" };
        _thread.Start();
    }

    public Task Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain)
    {
        lock (_gate)
        {
            if (!_up || _pending.Count >= MostPending)
            {
                return Task.FromException(new MessageException(_up
                    ? FormattableString.Invariant($"'{topic}' was not sent: {_pending.Count} messages are not acknowledged yet")
                    : $"'{topic}' was not sent: no connection to the broker at {_options.Broker} ({_problem ?? "connecting"})"));
            }

            int code = _native.Publish(topic, payload, qos, retain, out int mid);
            bool kept = qos > 0 && code is LibMosquitto.NoConnection or LibMosquitto.ConnectionLost or LibMosquitto.Errno;
            if (code != LibMosquitto.Success && !kept)
            {
                return Task.FromException(new MessageException($"'{topic}' was not sent: {NativeClient.Describe(code)}"));
            }

            return qos > 0 ? _pending.Add(mid, topic) : Task.CompletedTask;
        }
    }

    /// <summary>Returns null when there is no connection: the owner subscribes again in <see cref="IConnectionOwner.OnUp"/>.</summary>
    public int? Subscribe(string filter, int qos, uint subscriptionId)
    {
        lock (_gate)
        {
            return _up && _native.Subscribe(filter, qos, subscriptionId, out int mid) == LibMosquitto.Success ? mid : null;
        }
    }

    public void Unsubscribe(string filter)
    {
        lock (_gate)
        {
            if (_up)
            {
                _ = _native.Unsubscribe(filter);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        bool ended = await EndThreadAsync();
        lock (_gate)
        {
            _up = false;
            _pending.FailAll("the MQTT client was closed before the broker acknowledged");
            if (ended)
            {
                _native.Dispose();
                _stopping.Dispose();
            }
        }
    }

    /// <summary>A thread that hangs in the connection set-up to a silent address is left behind with its handle; it is a background thread.</summary>
    private async Task<bool> EndThreadAsync()
    {
        if (_thread is null)
        {
            return true;
        }

        _ = _native.Disconnect();
        using var timer = _wall.CreateTimer(_ => _hurry = true, null, LastWords, Timeout.InfiniteTimeSpan);
        try
        {
            await _ended.Task.WaitAsync(LastWords + LastWords, _wall);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    void INativeEvents.OnConnectAnswer(int reason, bool sessionPresent)
    {
        _connectAnswer = reason;
        _sessionResumed = sessionPresent;
    }

    void INativeEvents.OnSubscribed(int mid, int reason) => _subscribed.Enqueue((mid, reason));

    void INativeEvents.OnMessage(NativeIncoming message) => _arrived.Enqueue(message);

    void INativeEvents.OnPublished(int mid, int reason)
    {
        lock (_gate)
        {
            _pending.Acknowledge(mid, reason);
        }
    }

    private void Run()
    {
        while (!_stopping.IsCancellationRequested)
        {
            string problem = ConnectAndLoop();
            GoDown(problem);
            WaitBeforeRetry();
        }

        _ended.SetResult();
    }

    private string ConnectAndLoop()
    {
        _connectAnswer = null;
        int code = _native.Connect();
        while (code == LibMosquitto.Success && !(_stopping.IsCancellationRequested && (!IsUp || _hurry)))
        {
            code = _native.Loop(LoopMilliseconds);
            Settle();
        }

        return _connectAnswer is { } reason and not 0
            ? $"the broker refused the connection: {NativeClient.DescribeReason(reason)}"
            : NativeClient.Describe(code);
    }

    /// <summary>Acts on what the callbacks noted, now that the library has let go of its locks and has sent again what was on its way.</summary>
    private void Settle()
    {
        if (_connectAnswer == 0 && !IsUp)
        {
            GoUp();
        }

        while (_subscribed.TryDequeue(out (int Mid, int Reason) answer))
        {
            Guarded(() => _owner.OnSubscribed(answer.Mid, answer.Reason));
        }

        while (_arrived.TryDequeue(out NativeIncoming message))
        {
            Guarded(() => _owner.OnArrived(message, _stopping.Token));
        }

        if (_native.TakeCallbackError() is { } error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }

    private void GoUp()
    {
        lock (_gate)
        {
            _up = true;
        }

        _backOff.Reset();
        Volatile.Write(ref _problem, null);
        Log.Connected(_logger, _options.Broker);
        Guarded(_owner.OnUp);
    }

    private void GoDown(string problem)
    {
        bool wasUp;
        lock (_gate)
        {
            wasUp = _up;
            _up = false;
        }

        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        if (wasUp || problem != _problem)
        {
            Log.Disconnected(_logger, _options.Broker, problem); // once per reason, not once per attempt
        }

        Volatile.Write(ref _problem, problem);
        if (wasUp)
        {
            Guarded(_owner.OnDown);
        }
    }

    private void WaitBeforeRetry()
    {
        using var delay = new CancellationTokenSource(_backOff.Next(), _wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(delay.Token, _stopping.Token);
        either.Token.WaitHandle.WaitOne();
    }

#pragma warning disable CA1031 // a handler's fault must not end the connection's thread
    private void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _arrived.Clear();
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }
#pragma warning restore CA1031
}
