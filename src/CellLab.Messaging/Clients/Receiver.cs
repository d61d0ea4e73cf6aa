using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Clients;

/// <summary>The subscribing side: a connection of its own, so that a slow reader can hold the broker back without holding back the
/// acknowledgements of what this process publishes.</summary>
internal sealed class Receiver : IConnectionOwner, IAsyncDisposable
{
    private readonly MessageClientOptions _options;
    private readonly ILogger _logger;
    private readonly BrokerConnection _connection;
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];

    public Receiver(MessageClientOptions options, TimeProvider wall, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _connection = new BrokerConnection(options, options.ClientId + "-in", announcement: null, this, wall, logger);
    }

    public void Start() => _connection.Start();

    public Subscription Add(string filter, int qos)
    {
        var subscription = new Subscription(filter, qos, _options.IncomingCapacity);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            subscription.LastMid = _connection.Subscribe(filter, qos, subscription.Id);
        }

        return subscription;
    }

    public async IAsyncEnumerable<IncomingMessage> ReadAsync(
        Subscription subscription, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (IncomingMessage message in subscription.Reader.ReadAllAsync(cancellationToken))
            {
                yield return message;
            }
        }
        finally
        {
            Remove(subscription);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        lock (_gate)
        {
            _subscriptions.ForEach(subscription => subscription.End(null));
        }
    }

    void IConnectionOwner.OnUp()
    {
        lock (_gate)
        {
            // One that was added just after the connection came up has subscribed by itself: twice would bring the retained messages twice.
            foreach (Subscription subscription in _subscriptions.Where(subscription => subscription.LastMid is null))
            {
                subscription.LastMid = _connection.Subscribe(subscription.Filter, subscription.Qos, subscription.Id);
            }
        }
    }

    void IConnectionOwner.OnDown()
    {
        lock (_gate)
        {
            _subscriptions.ForEach(subscription => subscription.LastMid = null);
        }
    }

    void IConnectionOwner.OnSubscribed(int mid, int reason)
    {
        if (reason < 128)
        {
            return;
        }

        lock (_gate)
        {
            foreach (Subscription subscription in _subscriptions.Where(subscription => subscription.LastMid == mid))
            {
                string why = NativeClient.DescribeReason(reason);
                Log.SubscriptionRefused(_logger, subscription.Filter, why);
                subscription.End(new MessageException($"the broker refused the subscription '{subscription.Filter}': {why}"));
            }
        }
    }

    void IConnectionOwner.OnArrived(NativeIncoming message, CancellationToken cancellationToken)
    {
        Subscription[] wanting;
        lock (_gate)
        {
            wanting = [.. _subscriptions.Where(subscription => subscription.Wants(message))];
        }

        foreach (Subscription subscription in wanting)
        {
            subscription.Deliver(message.Message, cancellationToken);
        }
    }

    private void Remove(Subscription subscription)
    {
        subscription.End(null);
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            if (!_subscriptions.Exists(other => other.Filter == subscription.Filter))
            {
                _connection.Unsubscribe(subscription.Filter);
            }
        }
    }
}
