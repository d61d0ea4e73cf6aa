using CellLab.Messaging.Broker;
using CellLab.Service.Access;

namespace CellLab.Service.Hosting;

/// <summary>Tells the broker who may read, whenever that changes: a new token, a revoked one, one that has expired.</summary>
internal sealed class BrokerReaders : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly IBroker broker;
    private readonly AccessBook book;
    private readonly TimeProvider wall;
    private readonly CancellationTokenSource ending = new();
    private IReadOnlyList<BrokerReader> told;
    private Task following = Task.CompletedTask;

    public BrokerReaders(IBroker broker, AccessBook book, TimeProvider wall)
    {
        (this.broker, this.book, this.wall) = (broker, book, wall);
        told = BrokerAccounts.Readers(book.Now, wall.GetUtcNow());
        broker.SetReaders(told);
    }

    public void Start() => following = FollowAsync(ending.Token);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(LookInterval, wall);
        while (await look.WaitForNextTickAsync(cancellationToken))
        {
            IReadOnlyList<BrokerReader> now = BrokerAccounts.Readers(book.Now, wall.GetUtcNow());
            if (!now.SequenceEqual(told))
            {
                told = now;
                broker.SetReaders(now);
            }
        }
    }
}
