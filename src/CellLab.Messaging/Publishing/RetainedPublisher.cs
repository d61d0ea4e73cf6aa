using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Publishing;

/// <summary>Keeps the retained messages of this process at the broker: the newest payload of each topic, published again at every connect
/// because a broker may have come back without its memory.</summary>
public sealed class RetainedPublisher(
    IMessageClient client, ConnectionWatch connection, PublisherOptions options, TimeProvider wall, ILogger<RetainedPublisher> logger)
{
    private const int AtOnce = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _payloads = [];
    private readonly HashSet<string> _due = [];
    private readonly Signal _wake = new();

    /// <summary>Returns at once. An unchanged payload is not sent again.</summary>
    public void Set(string topic, byte[] payload)
    {
        lock (_gate)
        {
            if (_payloads.TryGetValue(topic, out byte[]? before) && before.AsSpan().SequenceEqual(payload))
            {
                return;
            }

            _payloads[topic] = payload;
            _due.Add(topic);
        }

        _wake.Set();
    }

    /// <summary>Takes the topic's message away from the broker: an empty retained payload (MQTT 5 section 3.3.1.3).</summary>
    public void Clear(string topic) => Set(topic, []);

    /// <summary>False also when what was there has been taken away and the broker has acknowledged that.</summary>
    public bool Keeps(string topic)
    {
        lock (_gate)
        {
            return _payloads.ContainsKey(topic);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        connection.Connected += OnConnected;
        try
        {
            while (true)
            {
                await _wake.WaitAsync(cancellationToken);
                await SendDueAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the service.
        }
        finally
        {
            connection.Connected -= OnConnected;
        }
    }

    private async Task SendDueAsync(CancellationToken cancellationToken)
    {
        await connection.WaitAsync(cancellationToken);
        foreach (KeyValuePair<string, byte[]>[] part in TakeDue().Chunk(AtOnce))
        {
            try
            {
                await Task.WhenAll(part.Select(item => client.PublishAsync(item.Key, item.Value, qos: 1, retain: true, cancellationToken)));
                ForgetCleared(part);
            }
            catch (MessageException error)
            {
                Log.RetainedFailed(logger, options.RetryDelay.TotalSeconds, error.Message);
                PutBack(part);
                await Task.Delay(options.RetryDelay, wall, cancellationToken);
            }
        }
    }

    private List<KeyValuePair<string, byte[]>> TakeDue()
    {
        lock (_gate)
        {
            List<KeyValuePair<string, byte[]>> due = [.. _due.Select(topic => KeyValuePair.Create(topic, _payloads[topic]))];
            _due.Clear();
            return due;
        }
    }

    private void ForgetCleared(IEnumerable<KeyValuePair<string, byte[]>> sent)
    {
        lock (_gate)
        {
            foreach ((string topic, byte[] payload) in sent)
            {
                if (payload.Length == 0 && _payloads.TryGetValue(topic, out byte[]? now) && now.Length == 0)
                {
                    _payloads.Remove(topic);
                    _due.Remove(topic);
                }
            }
        }
    }

    private void PutBack(IEnumerable<KeyValuePair<string, byte[]>> failed)
    {
        lock (_gate)
        {
            foreach ((string topic, _) in failed)
            {
                _due.Add(topic);
            }
        }

        _wake.Set();
    }

    private void OnConnected()
    {
        lock (_gate)
        {
            _due.UnionWith(_payloads.Keys);
        }

        _wake.Set();
    }
}
