using CellLab.Transport;

namespace CellLab.Drivers.PrismaPro.Session;

/// <summary>A connection's stream that closes the connection with it.</summary>
internal sealed class OwningStream(IConnection connection) : DuplexStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.Stream.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.Stream.WriteAsync(buffer, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The HTTP client disposes synchronously.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
