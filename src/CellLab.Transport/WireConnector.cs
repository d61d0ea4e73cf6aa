using CellLab.Transport.Serial;
using CellLab.Transport.Serial.Rfc2217;

namespace CellLab.Transport;

/// <summary>Opens every kind of wire by the scheme of its address: <c>tcp</c>, <c>serial</c> or <c>rfc2217</c>.</summary>
public sealed class WireConnector(TimeProvider wall, TcpSettings? tcp = null) : IConnector
{
    private readonly TcpConnector _tcp = new(wall, tcp);

    public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken) => address.Scheme switch
    {
        "tcp" => _tcp.OpenAsync(address, cancellationToken),
        "serial" => SerialDrivers.For(address).OpenAsync(address, cancellationToken),
        "rfc2217" => new Rfc2217Connector(_tcp, wall).OpenAsync(address, cancellationToken),
        _ => throw new TransportException(TransportFault.BadAddress, address, "expected tcp://host:port, serial:///path or rfc2217://host:port"),
    };
}
