using System.Collections.Concurrent;
using CellLab.Messaging;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging;

/// <summary>Collects what a subscription brings. <see cref="ReadyAsync"/> proves with a retained message that the broker knows it.</summary>
internal sealed class Inbox : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public Inbox(IMessageClient client, string filter, int qos = 1) => _reading = ReadAsync(client.SubscribeAsync(filter, qos, _stop.Token));

    public ConcurrentQueue<IncomingMessage> Messages { get; } = new();

    public static async Task<Inbox> ReadyAsync(IMessageClient client, string prefix)
    {
        await client.PublishAsync(prefix + "/ready", "x"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();
        var inbox = new Inbox(client, prefix + "/#");
        await Eventually.TrueAsync(() => !inbox.Messages.IsEmpty, $"subscription to {prefix}/# is active");
        await client.PublishAsync(prefix + "/ready", ReadOnlyMemory<byte>.Empty, 1, retain: true, CancellationToken.None).WithinAsync();
        await Eventually.TrueAsync(() => inbox.Messages.Count == 2, "the marker is cleared");
        inbox.Messages.Clear();
        return inbox;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync(IAsyncEnumerable<IncomingMessage> messages)
    {
        try
        {
            await foreach (IncomingMessage message in messages)
            {
                Messages.Enqueue(message);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end of the test.
        }
    }
}
