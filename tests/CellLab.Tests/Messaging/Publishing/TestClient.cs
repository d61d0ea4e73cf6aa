using CellLab.Messaging;

namespace CellLab.Tests.Messaging.Publishing;

/// <summary>A client whose connection and acknowledgements a test decides.</summary>
internal sealed class TestClient : IMessageClient
{
    private readonly Lock _gate = new();
    private readonly List<Sent> _sent = [];

    public event Action<bool> ConnectionChanged = _ => { };

    public bool IsConnected { get; private set; } = true;

    public bool SessionResumed { get; set; }

    /// <summary>Acknowledge at once; else only by <see cref="AcknowledgeAll"/>.</summary>
    public bool Acknowledges { get; set; } = true;

    public IReadOnlyList<Sent> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public void Start() => Connect(true);

    public void Connect(bool up)
    {
        IsConnected = up;
        ConnectionChanged(up);
    }

    public void AcknowledgeAll(Func<Sent, bool>? which = null)
    {
        foreach (Sent sent in Messages.Where(which ?? (_ => true)))
        {
            sent.Done.TrySetResult();
        }
    }

    public void Refuse(Func<Sent, bool> which)
    {
        foreach (Sent sent in Messages.Where(which))
        {
            sent.Done.TrySetException(new MessageException("refused") { Refused = true });
        }
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        if (!IsConnected)
        {
            return Task.FromException(new MessageException("no connection"));
        }

        var sent = new Sent(topic, payload.ToArray(), qos, retain, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Acknowledges)
        {
            sent.Done.SetResult();
        }

        lock (_gate)
        {
            _sent.Add(sent);
        }

        return sent.Done.Task.WaitAsync(cancellationToken);
    }

    public IAsyncEnumerable<IncomingMessage> SubscribeAsync(string filter, int qos, CancellationToken cancellationToken) =>
        throw new NotSupportedException("this client only publishes");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed record Sent(string Topic, byte[] Payload, int Qos, bool Retain, TaskCompletionSource Done);
}
