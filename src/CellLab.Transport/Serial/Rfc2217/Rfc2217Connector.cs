namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>Opens <c>rfc2217://10.0.0.7:4001?baud=9600</c>: a serial port of a device server, with rate, frame and modem lines. The protocol has neither
/// log-in nor encryption: for the laboratory's own network alone.</summary>
/// <param name="tcp">Opens <c>tcp://host:port</c>.</param>
public sealed class Rfc2217Connector(IConnector tcp, TimeProvider wall) : IConnector
{
    public async Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (address.Scheme != "rfc2217" || address.Port <= 0 || address.Host.Length == 0)
        {
            throw new TransportException(TransportFault.BadAddress, address, "is not an address of the form rfc2217://host:port?baud=9600");
        }

        SerialSettings settings = SerialSettings.Of(address);
        var link = new Rfc2217Link(address, await tcp.OpenAsync(new UriBuilder("tcp", address.Host, address.Port).Uri, cancellationToken), wall);
        try
        {
            await link.AgreeAsync(cancellationToken);
            return new Rfc2217Connection(address, link, await Rfc2217Setup.ApplyAsync(address, link, settings, cancellationToken));
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }
}
