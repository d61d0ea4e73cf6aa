using System.IO.Pipelines;
using CellLab.Transport;

namespace CellLab.TestKit.Wires;

/// <summary>Connections that end in the test itself: <paramref name="serve"/> gets the other side of each opened stream.</summary>
public sealed class MemoryConnector(Func<Stream, CancellationToken, Task> serve) : IConnector, IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _served = [];

    /// <summary>How often a connection has been opened.</summary>
    public int Opened => _served.Count;

    /// <summary>Refuses to open while set.</summary>
    public bool Refuse { get; set; }

    public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Refuse)
        {
            throw new TransportException(TransportFault.Refused, address, "connection refused");
        }

        var there = new Pipe();
        var back = new Pipe();
        var far = new MemoryStreamPair(there.Reader, back.Writer);
        _served.Add(ServeAsync(far));
        return Task.FromResult<IConnection>(new StreamConnection(address, new MemoryStreamPair(back.Reader, there.Writer)));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_served);
        _end.Dispose();
    }

    private async Task ServeAsync(MemoryStreamPair far)
    {
        await Task.Yield();
        try
        {
            await serve(far, _end.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException)
        {
            // the near side has gone, or the test is over
        }
        finally
        {
            await far.DisposeAsync();
        }
    }
}
