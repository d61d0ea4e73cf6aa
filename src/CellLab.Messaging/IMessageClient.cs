namespace CellLab.Messaging;

/// <summary>The MQTT client seam: one per process. Connects and reconnects by itself; subscriptions and the retained announcement are renewed
/// at every connect.</summary>
public interface IMessageClient : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>Whether the broker still knew this client at the last connect. False after a restart of a broker without a memory: it has then
    /// lost every subscription, and subscribers that are not back yet miss what is published meanwhile.</summary>
    bool SessionResumed => false;

    /// <summary>Why there is no connection, for example a refused login; null while there is one.</summary>
    string? Problem => null;

    /// <summary>Told on every change of the connection, from the client's own thread.</summary>
    event Action<bool> ConnectionChanged;

    void Start();

    /// <summary>At QoS 1 ends when the broker has acknowledged the message; at QoS 0 when it was handed over.</summary>
    /// <exception cref="MessageException">Not delivered: disconnected, or refused by the broker (the message says which). The caller decides
    /// whether to publish again.</exception>
    Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken);

    /// <summary>Messages of the filter, in order, bounded; a slow reader holds the client back rather than losing QoS 1 messages.</summary>
    IAsyncEnumerable<IncomingMessage> SubscribeAsync(string filter, int qos, CancellationToken cancellationToken);
}

public sealed record IncomingMessage(string Topic, byte[] Payload, bool Retained);

public sealed class MessageException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The broker is there and does not take this message: sending it again would not help.</summary>
    public bool Refused { get; init; }
}
