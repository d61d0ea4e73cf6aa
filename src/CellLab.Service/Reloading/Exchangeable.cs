namespace CellLab.Service.Reloading;

/// <summary>A running part that another one of its kind can take the place of.</summary>
internal sealed class Exchangeable<T>(T first) : IAsyncDisposable
    where T : IAsyncDisposable
{
    public T Current { get; private set; } = first;

    /// <summary>Ends the present one before the next is made: both may use the same files.</summary>
    public async Task ExchangeAsync(Func<T> make, Action<T> start)
    {
        await Current.DisposeAsync();
        Current = make();
        start(Current);
    }

    public ValueTask DisposeAsync() => Current.DisposeAsync();
}
