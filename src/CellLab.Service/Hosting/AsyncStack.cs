namespace CellLab.Service.Hosting;

/// <summary>Closes parts in the reverse order of their opening, all of them even when one fails.</summary>
internal sealed class AsyncStack : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();

    public T Push<T>(T part)
        where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out IAsyncDisposable? part))
        {
            try
            {
                await part.DisposeAsync();
            }
            catch
            {
                await DisposeAsync();
                throw;
            }
        }
    }
}
