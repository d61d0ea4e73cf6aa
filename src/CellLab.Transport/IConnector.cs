namespace CellLab.Transport;

/// <summary>Opens byte streams by address: <c>tcp://10.0.0.7:502</c>, <c>serial:///dev/ttyUSB0?baud=230400</c>.</summary>
public interface IConnector
{
    /// <exception cref="TransportException">Nobody answers, the address is refused, or its kind is not one this connector knows.</exception>
    Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken);
}
