using System.Net.Sockets;

namespace CellLab.Transport;

/// <summary>Translates what the inner stream throws.</summary>
internal sealed class GuardedStream(Uri address, Stream inner) : DuplexStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (IsOfTheWire(error))
        {
            throw Lost("while reading", error);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (IsOfTheWire(error))
        {
            throw Lost("while writing", error);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsOfTheWire(Exception error) =>
        error is (IOException or SocketException or ObjectDisposedException) and not TransportException;

    private TransportException Lost(string doing, Exception error) =>
        new(TransportFault.Lost, address, $"connection lost {doing}: {error.GetBaseException().Message}", error);
}
