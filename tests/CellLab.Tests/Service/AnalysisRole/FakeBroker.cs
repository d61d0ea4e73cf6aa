using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CellLab.Core.Records;
using CellLab.Messaging;
using CellLab.Messaging.Payloads;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>A broker in memory with one subscriber; it can be away.</summary>
internal sealed class FakeBroker : IMessageClient
{
    private readonly Channel<IncomingMessage> _incoming = Channel.CreateUnbounded<IncomingMessage>();
    private readonly Channel<IncomingMessage> _companions = Channel.CreateUnbounded<IncomingMessage>();
    private readonly Lock _gate = new();
    private readonly List<(string Topic, byte[] Payload, bool Retain)> _published = [];

    public event Action<bool>? ConnectionChanged;

    public bool IsConnected { get; private set; } = true;

    public int Refused { get; private set; }

    public void Start()
    {
    }

    public void SetConnected(bool connected)
    {
        IsConnected = connected;
        ConnectionChanged?.Invoke(connected);
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        Assert.Equal(1, qos);
        lock (_gate)
        {
            if (!IsConnected)
            {
                Refused++;
                throw new MessageException("the broker is away");
            }

            _published.Add((topic, payload.ToArray(), retain));
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<IncomingMessage> SubscribeAsync(
        string filter, int qos, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<IncomingMessage> channel = filter switch
        {
            "celllab/v1/lab/node/+/records" => _incoming,
            "celllab/v1/lab/node/+/companions" => _companions,
            _ => throw new ArgumentException($"nobody publishes on {filter}", nameof(filter)),
        };
        await foreach (IncomingMessage message in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return message;
        }
    }

    /// <summary>One node's message with these rows, sorted into runs.</summary>
    public void Deliver(params IReadOnlyList<RecordRow> rows)
    {
        using var buffer = new PooledBuffer();
        RecordsPayload.WriteNode(buffer, "node1", RecordRuns.Split(rows));
        DeliverBytes(buffer.Written.ToArray());
    }

    public void Deliver(params IReadOnlyList<CompanionRow> rows)
    {
        using var buffer = new PooledBuffer();
        CompanionsPayload.WriteNode(buffer, "node1", [rows]);
        Assert.True(_companions.Writer.TryWrite(new IncomingMessage("celllab/v1/lab/node/node1/companions", buffer.Written.ToArray(), false)));
    }

    public void DeliverBytes(byte[] payload) =>
        Assert.True(_incoming.Writer.TryWrite(new IncomingMessage("celllab/v1/lab/node/node1/records", payload, false)));

    public IReadOnlyList<CyclePayload> Cycles() => Payloads("/cycle", retain: false);

    public IReadOnlyList<AnalysisPayload> Analyses(string kind)
    {
        lock (_gate)
        {
            return [.. _published.Where(message => message.Topic.EndsWith("/analysis/" + kind, StringComparison.Ordinal)).Select(message => PayloadJson.Read<AnalysisPayload>(message.Payload))];
        }
    }

    public IReadOnlyList<CyclePayload> Latest() => Payloads("/latest-cycle", retain: true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<CyclePayload> Payloads(string leaf, bool retain)
    {
        lock (_gate)
        {
            return [.. _published.Where(message => message.Topic.EndsWith(leaf, StringComparison.Ordinal) && message.Retain == retain)
                .Select(message => PayloadJson.Read<CyclePayload>(message.Payload))];
        }
    }
}
