using System.Buffers;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace CellLab.Messaging.Clients.Named;

/// <summary>One connection to the broker, renewed for ever with our own back-off; MQTTnet has no such client since version 5. Every attempt gets
/// a fresh client, so that events of a lost one cannot be taken for those of the next.</summary>
internal sealed class MqttNetConnection : IAsyncDisposable
{
    private const int MostPending = 20_000; // well under the 65,535 message ids
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_goodbyeLimit = TimeSpan.FromSeconds(1);

    private readonly MessageClientOptions _options;
    private readonly MqttClientOptions _mqtt;
    private readonly IMqttNetOwner _owner;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly BackOff _backOff;
    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private IMqttClient? _up;
    private int _window;
    private volatile bool _sessionResumed;
    private string? _problem;

    public MqttNetConnection(
        MessageClientOptions options, string clientId, Announcement? announcement, IMqttNetOwner owner, TimeProvider wall, ILogger logger)
    {
        _options = options;
        _mqtt = MqttNetOptions.Of(options, clientId, announcement);
        _owner = owner;
        _wall = wall;
        _logger = logger;
        _backOff = new BackOff(options.FirstRetryDelay, options.LongestRetryDelay);
    }

    public bool IsUp => Volatile.Read(ref _up) is not null;

    public bool SessionResumed => _sessionResumed;

    public string? Problem => Volatile.Read(ref _problem);

    public void Start() => _running = Task.Run(RunAsync);

    public Task Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain)
    {
        lock (_gate)
        {
            if (_up is null || _outbox.Count >= MostPending)
            {
                return Task.FromException(new MessageException(_up is not null
                    ? FormattableString.Invariant($"'{topic}' was not sent: {_outbox.Count} messages are not acknowledged yet")
                    : $"'{topic}' was not sent: no connection to the broker at {_options.Broker} ({_problem ?? "connecting"})"));
            }

            var message = new Outgoing(topic, payload.ToArray(), qos, retain);
            _outbox.Add(message);
            SendWaiting();
            return message.Done;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        lock (_gate)
        {
            foreach (Outgoing message in _outbox.TakeAll())
            {
                message.Fail(new MessageException($"the MQTT client was closed before the broker acknowledged; '{message.Topic}' may or may not have arrived"));
            }
        }

        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            GoDown(await ConnectAndStayAsync());
            await Task.Delay(_backOff.Next(), _wall, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

#pragma warning disable CA1031 // MQTTnet tells a failed attempt by exceptions of many kinds; all of them mean: try again
    private async Task<string> ConnectAndStayAsync()
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += told =>
        {
            lost.TrySetResult(told.Exception?.GetBaseException().Message ?? $"the broker closed the connection: {told.Reason}");
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += ArrivedAsync;
        try
        {
            using var limit = new CancellationTokenSource(s_connectLimit, _wall);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
            MqttClientConnectResult answer = await client.ConnectAsync(_mqtt, either.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                return FormattableString.Invariant($"the broker refused the connection: {answer.ResultCode} (reason {(int)answer.ResultCode})");
            }

            GoUp(client, answer);
            string why = await lost.Task.WaitAsync(_stopping.Token);
            return why;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await SayGoodbyeAsync(client);
            return "closed";
        }
        catch (Exception error)
        {
            return Describe(error.GetBaseException());
        }
    }

    /// <summary>.NET calls a Unix socket that is not there an address that cannot be assigned.</summary>
    private string Describe(Exception error) => error is SocketException { SocketErrorCode: SocketError.AddressNotAvailable } && _options.Broker.IsUnixSocket
        ? "No such file or directory"
        : error.Message;

    private async Task SayGoodbyeAsync(IMqttClient client)
    {
        using var limit = new CancellationTokenSource(s_goodbyeLimit, _wall);
        try
        {
            if (client.IsConnected)
            {
                await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
            }
        }
        catch (Exception)
        {
            // the broker has gone first
        }
    }
#pragma warning restore CA1031

    private async Task ArrivedAsync(MqttApplicationMessageReceivedEventArgs told)
    {
        MqttApplicationMessage message = told.ApplicationMessage;
        var incoming = new IncomingMessage(message.Topic, message.Payload.ToArray(), message.Retain);
        await _owner.OnArrivedAsync(new NativeIncoming(incoming, message.SubscriptionIdentifiers ?? []), _stopping.Token);
    }

    private void GoUp(IMqttClient client, MqttClientConnectResult answer)
    {
        _sessionResumed = answer.IsSessionPresent;
        lock (_gate)
        {
            // 0 and absent stand for the protocol's own bound (MQTT 5 section 3.2.2.3.3).
            _window = Math.Min(_options.InFlight, answer.ReceiveMaximum is null or 0 ? ushort.MaxValue : answer.ReceiveMaximum.Value);
            _up = client;
            SendWaiting();
        }

        _backOff.Reset();
        Volatile.Write(ref _problem, null);
        Log.Connected(_logger, _options.Broker);
        _owner.OnUp(client);
    }

    private void GoDown(string problem)
    {
        bool wasUp;
        lock (_gate)
        {
            wasUp = _up is not null;
            _up = null;
            _outbox.PutBack();
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
            _owner.OnDown();
        }
    }

    /// <summary>Under the lock: MQTTnet queues in the order of the calls.</summary>
    private void SendWaiting()
    {
        while (_up is { } client && _outbox.Next(_window) is { } next)
        {
            _ = SendAsync(client, next);
        }
    }

    private async Task SendAsync(IMqttClient client, LinkedListNode<Outgoing> node)
    {
        Outgoing message = node.Value;
        try
        {
            MqttClientPublishResult answer = await client.PublishAsync(MqttNetOptions.Message(message), _stopping.Token);
            Settle(node, answer);
        }
        catch (Exception error) when (error is ArgumentException or MQTTnet.Exceptions.MqttProtocolViolationException)
        {
            message.Fail(new MessageException($"'{message.Topic}' was not sent: {error.Message}", error));
            Forget(node);
        }
#pragma warning disable CA1031 // the connection is lost: it goes out again on the next one
        catch (Exception)
        {
            if (message.Qos == 0)
            {
                message.Fail(new MessageException($"'{message.Topic}' was not sent: the connection was lost"));
            }
        }
#pragma warning restore CA1031
    }

    private void Settle(LinkedListNode<Outgoing> node, MqttClientPublishResult answer)
    {
        // MQTT 5 section 2.4: reason codes from 128 on are failures; 16 (no matching subscribers) is none.
        if ((int)answer.ReasonCode >= 128)
        {
            node.Value.Fail(new MessageException(FormattableString.Invariant(
                $"the broker refused the message on '{node.Value.Topic}': {answer.ReasonCode} (reason {(int)answer.ReasonCode}); check its access list")) { Refused = true });
        }
        else
        {
            node.Value.Succeed();
        }

        Forget(node);
    }

    private void Forget(LinkedListNode<Outgoing> node)
    {
        lock (_gate)
        {
            if (_outbox.Remove(node))
            {
                SendWaiting();
            }
        }
    }
}
