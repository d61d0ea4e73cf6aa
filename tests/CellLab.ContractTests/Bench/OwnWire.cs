using CellLab.Transport;
using CellLab.Transport.Serial.Rfc2217;

namespace CellLab.ContractTests.Bench;

/// <summary>A wire that is shared with no other driver of this process, as another program's is, and that tells when a request has gone out.</summary>
public sealed class OwnWire : IConnector
{
    private readonly WireConnector _wire = new(TimeProvider.System);
    private TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the next request has gone out.</summary>
    public Task NextSent()
    {
        _sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _sent.Task;
    }

    public async Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (address.Scheme == "rfc2217")
        {
            return await new Rfc2217Connector(this, TimeProvider.System).OpenAsync(address, cancellationToken);
        }

        IConnection connection = await _wire.OpenAsync(address, cancellationToken);
        return new StreamConnection(connection.Address, new Watched(connection, () => _sent.TrySetResult()));
    }

    private sealed class Watched(IConnection connection, Action sent) : DuplexStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            connection.Stream.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await connection.Stream.WriteAsync(buffer, cancellationToken);
            sent();
        }

        public override async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            await base.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }
}
