using CellLab.Transport.Serial;

namespace CellLab.Transport;

/// <summary>Opens every kind of wire by the scheme of its address: <c>tcp</c> or <c>serial</c>.</summary>
public sealed class WireConnector(TimeProvider wall, TcpSettings? tcp = null) : IConnector
{
    private readonly TcpConnector _tcp = new(wall, tcp);

    public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken) => address.Scheme switch
    {
        "tcp" => _tcp.OpenAsync(address, cancellationToken),
        "serial" => SerialDrivers.For(address).OpenAsync(address, cancellationToken),
        _ => throw new TransportException(TransportFault.BadAddress, address, "expected tcp://host:port or serial:///path"),
    };
}
