namespace CellLab.Transport;

/// <summary>The one exception of this layer: sockets and serial lines never show theirs.</summary>
public sealed class TransportException(TransportFault fault, Uri address, string message, Exception? inner = null)
    : IOException($"{address}: {message}", inner)
{
    public TransportFault Fault { get; } = fault;

    public Uri Address { get; } = address;
}
