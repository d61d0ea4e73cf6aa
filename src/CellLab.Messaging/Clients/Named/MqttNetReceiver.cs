using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace CellLab.Messaging.Clients.Named;

/// <summary>The subscribing side: a connection and a session of its own, opened with the first subscription, so that messages which the broker
/// kept for an earlier process of the same name find their reader.</summary>
internal sealed class MqttNetReceiver : IMqttNetOwner, IAsyncDisposable
{
    private readonly MessageClientOptions _options;
    private readonly ILogger _logger;
    private readonly MqttNetConnection _connection;
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private IMqttClient? _up;

    public MqttNetReceiver(MessageClientOptions options, TimeProvider wall, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _connection = new MqttNetConnection(options, options.ClientId + "-in", announcement: null, this, wall, logger);
    }

    public void Start() => _connection.Start();

    public Subscription Add(string filter, int qos)
    {
        var subscription = new Subscription(filter, qos, _options.IncomingCapacity);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            if (_up is { } client)
            {
                _ = SubscribeAsync(client, subscription);
            }
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

    void IMqttNetOwner.OnUp(IMqttClient client)
    {
        lock (_gate)
        {
            _up = client;
            _subscriptions.ForEach(subscription => _ = SubscribeAsync(client, subscription));
        }
    }

    void IMqttNetOwner.OnDown()
    {
        lock (_gate)
        {
            _up = null;
        }
    }

    async ValueTask IMqttNetOwner.OnArrivedAsync(NativeIncoming message, CancellationToken cancellationToken)
    {
        Subscription[] wanting;
        lock (_gate)
        {
            wanting = [.. _subscriptions.Where(subscription => subscription.Wants(message))];
        }

        foreach (Subscription subscription in wanting)
        {
            await subscription.DeliverAsync(message.Message, cancellationToken);
        }
    }

#pragma warning disable CA1031 // a lost connection shows in many kinds; all subscriptions are renewed at the next one
    private async Task SubscribeAsync(IMqttClient client, Subscription subscription)
    {
        var request = new MqttClientSubscribeOptions
        {
            SubscriptionIdentifier = subscription.Id,
            TopicFilters = [new MqttTopicFilter { Topic = subscription.Filter, QualityOfServiceLevel = (MqttQualityOfServiceLevel)subscription.Qos }],
        };
        try
        {
            MqttClientSubscribeResult answer = await client.SubscribeAsync(request, CancellationToken.None);
            int reason = answer.Items.Max(item => (int)item.ResultCode);
            if (reason >= 128)
            {
                string why = FormattableString.Invariant($"reason {reason}");
                Log.SubscriptionRefused(_logger, subscription.Filter, why);
                subscription.End(new MessageException($"the broker refused the subscription '{subscription.Filter}': {why}"));
            }
        }
        catch (Exception)
        {
            // renewed when the connection is up again
        }
    }

    private static async Task UnsubscribeAsync(IMqttClient client, string filter)
    {
        try
        {
            await client.UnsubscribeAsync(new MqttClientUnsubscribeOptions { TopicFilters = [filter] }, CancellationToken.None);
        }
        catch (Exception)
        {
            // the connection is lost: the broker's session goes with its expiry
        }
    }
#pragma warning restore CA1031

    private void Remove(Subscription subscription)
    {
        subscription.End(null);
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            if (_up is { } client && !_subscriptions.Exists(other => other.Filter == subscription.Filter))
            {
                _ = UnsubscribeAsync(client, subscription.Filter);
            }
        }
    }
}
