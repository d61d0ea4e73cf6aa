using Microsoft.Extensions.Logging;
using MQTTnet;

namespace CellLab.Messaging.Clients.Named;

/// <summary>MQTT 5 by MQTTnet, with the promises of <see cref="MosquittoClient"/>: two connections, messages on their way are sent again after a
/// lost connection, in order.</summary>
internal sealed class MqttNetClient : IMessageClient, IMqttNetOwner
{
    private static readonly TimeSpan s_farewellLimit = TimeSpan.FromSeconds(1);

    private readonly MessageClientOptions _options;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly MqttNetConnection _connection;
    private readonly Lock _gate = new();
    private MqttNetReceiver? _receiver;
    private bool _started;
    private bool _disposed;

    public MqttNetClient(MessageClientOptions options, TimeProvider wall, ILogger<MqttNetClient> logger)
    {
        _options = options;
        _wall = wall;
        _logger = logger;
        _connection = new MqttNetConnection(options, options.ClientId, options.Announcement, this, wall, logger);
    }

    public event Action<bool> ConnectionChanged = _ => { };

    public bool IsConnected => _connection.IsUp;

    public bool SessionResumed => _connection.SessionResumed;

    public string? Problem => _connection.IsUp ? null : _connection.Problem ?? "connecting";

    public void Start()
    {
        lock (_gate)
        {
            if (!_started)
            {
                _started = true;
                _connection.Start();
                _receiver?.Start();
            }
        }
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        Task published = _connection.Publish(topic, payload.Span, qos, retain);
        return published.IsCompleted ? published : published.WaitAsync(cancellationToken);
    }

    public IAsyncEnumerable<IncomingMessage> SubscribeAsync(string filter, int qos, CancellationToken cancellationToken)
    {
        MqttNetReceiver receiver = EnsureReceiver();
        return receiver.ReadAsync(receiver.Add(filter, qos), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await SayFarewellAsync();
        await _connection.DisposeAsync();
        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }
    }

    void IMqttNetOwner.OnUp(IMqttClient client)
    {
        if (_options.Announcement is { } announcement)
        {
            _connection.Publish(announcement.Topic, announcement.Online(), qos: 1, retain: true).ContinueWith(
                failed => Log.AnnouncementFailed(_logger, failed.Exception!.GetBaseException().Message),
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        ConnectionChanged(true);
    }

    void IMqttNetOwner.OnDown() => ConnectionChanged(false);

    /// <summary>This connection does not subscribe; leftovers of an older session under the same name have no reader.</summary>
    ValueTask IMqttNetOwner.OnArrivedAsync(NativeIncoming message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private MqttNetReceiver EnsureReceiver()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_receiver is null)
            {
                _receiver = new MqttNetReceiver(_options, _wall, _logger);
                if (_started)
                {
                    _receiver.Start();
                }
            }

            return _receiver;
        }
    }

    /// <summary>The will is not sent after an orderly end, so the offline message is ours to publish.</summary>
    private async Task SayFarewellAsync()
    {
        if (_options.Announcement is not { } announcement || !IsConnected)
        {
            return;
        }

        try
        {
            await _connection.Publish(announcement.Topic, announcement.Offline, qos: 1, retain: true).WaitAsync(s_farewellLimit, _wall);
        }
        catch (Exception error) when (error is MessageException or TimeoutException)
        {
            Log.AnnouncementFailed(_logger, error.Message);
        }
    }
}
