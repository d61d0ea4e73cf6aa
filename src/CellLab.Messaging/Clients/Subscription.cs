using System.Numerics;
using System.Text;
using System.Threading.Channels;

namespace CellLab.Messaging.Clients;

/// <summary>One subscriber's filter and the bounded queue it reads from.</summary>
internal sealed class Subscription(string filter, int qos, int capacity)
{
    private readonly Channel<IncomingMessage> _channel = Channel.CreateBounded<IncomingMessage>(
        new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    public string Filter { get; } = filter;

    public int Qos { get; } = qos;

    /// <summary>Made from the filter alone, so that messages which the broker kept for an earlier process of the same name find their reader.
    /// 1 to 268,435,455 by MQTT 5 section 3.8.2.1.2.</summary>
    public uint Id { get; } = IdOf(filter);

    /// <summary>Message id of its SUBSCRIBE on this connection; null while that has not been sent.</summary>
    public int? LastMid { get; set; }

    public ChannelReader<IncomingMessage> Reader => _channel.Reader;

    public bool Wants(NativeIncoming incoming) =>
        (incoming.SubscriptionIds.Count == 0 || incoming.SubscriptionIds.Contains(Id)) && TopicFilter.Matches(Filter, incoming.Message.Topic);

    /// <summary>Blocks while the queue is full: the loop then reads nothing, so the broker keeps what follows.</summary>
    public void Deliver(IncomingMessage message, CancellationToken cancellationToken)
    {
        while (!_channel.Writer.TryWrite(message))
        {
            if (!_channel.Writer.WaitToWriteAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                return; // the reader has gone
            }
        }
    }

    /// <summary>The same without blocking a thread.</summary>
    public async ValueTask DeliverAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        while (!_channel.Writer.TryWrite(message))
        {
            if (!await _channel.Writer.WaitToWriteAsync(cancellationToken))
            {
                return; // the reader has gone
            }
        }
    }

    public void End(Exception? error) => _channel.Writer.TryComplete(error);

    private static uint IdOf(string filter)
    {
        uint crc = 0;
        foreach (byte value in Encoding.UTF8.GetBytes(filter))
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return (crc & 0x0FFF_FFFE) + 1;
    }
}
