namespace CellLab.Transport;

/// <summary>A connection over any duplex stream, whose faults come out as <see cref="TransportException"/>.</summary>
public sealed class StreamConnection(Uri address, Stream inner) : IConnection
{
    public Uri Address { get; } = address;

    public Stream Stream { get; } = new GuardedStream(address, inner);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
