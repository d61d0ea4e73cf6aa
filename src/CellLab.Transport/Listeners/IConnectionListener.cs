namespace CellLab.Transport.Listeners;

/// <summary>The serving side of a byte stream: what a simulated instrument or a control socket listens on.</summary>
public interface IConnectionListener : IAsyncDisposable
{
    /// <summary>Where it listens, with the port that was really bound.</summary>
    Uri Address { get; }

    /// <exception cref="OperationCanceledException">The token, or the listener was disposed.</exception>
    Task<IConnection> AcceptAsync(CancellationToken cancellationToken);
}
