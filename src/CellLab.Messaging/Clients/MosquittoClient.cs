using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Clients;

/// <summary>MQTT 5 by libmosquitto. Publishing and subscribing each have their own connection and thread; the second one is opened with the
/// first subscription.</summary>
public sealed class MosquittoClient : IMessageClient, IConnectionOwner
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    private readonly MessageClientOptions _options;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly BrokerConnection _connection;
    private readonly Lock _gate = new();
    private Receiver? _receiver;
    private bool _started;
    private bool _disposed;

    /// <exception cref="MessageException">libmosquitto is not installed.</exception>
    public MosquittoClient(MessageClientOptions options, TimeProvider wall, ILogger<MosquittoClient> logger)
    {
        _options = options;
        _wall = wall;
        _logger = logger;
        _connection = new BrokerConnection(options, options.ClientId, options.Announcement, this, wall, logger);
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

    /// <remarks>A message that was handed over when the connection was lost is sent again by the client after the next connect, before any
    /// later one, and its task ends then: do not publish it a second time. One that failed because there was no connection was not kept.
    /// Cancelling ends the waiting, not the message.</remarks>
    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        Task published = _connection.Publish(topic, payload.Span, qos, retain);
        return published.IsCompleted ? published : published.WaitAsync(cancellationToken);
    }

    /// <remarks>Subscribed at the call, not at the first read.</remarks>
    public IAsyncEnumerable<IncomingMessage> SubscribeAsync(string filter, int qos, CancellationToken cancellationToken)
    {
        Receiver receiver = EnsureReceiver();
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

    void IConnectionOwner.OnUp()
    {
        if (_options.Announcement is { } announcement)
        {
            Task announced = _connection.Publish(announcement.Topic, announcement.Online(), qos: 1, retain: true);
            announced.ContinueWith(
                failed => Log.AnnouncementFailed(_logger, failed.Exception!.GetBaseException().Message),
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        ConnectionChanged(true);
    }

    void IConnectionOwner.OnDown() => ConnectionChanged(false);

    void IConnectionOwner.OnSubscribed(int mid, int reason)
    {
        // This connection does not subscribe.
    }

    void IConnectionOwner.OnArrived(NativeIncoming message, CancellationToken cancellationToken)
    {
        // This connection does not subscribe; leftovers of an older session under the same name have no reader.
    }

    private Receiver EnsureReceiver()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_receiver is null)
            {
                _receiver = new Receiver(_options, _wall, _logger);
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
            await _connection.Publish(announcement.Topic, announcement.Offline, qos: 1, retain: true).WaitAsync(FarewellLimit, _wall);
        }
        catch (Exception error) when (error is MessageException or TimeoutException)
        {
            Log.AnnouncementFailed(_logger, error.Message);
        }
    }
}
