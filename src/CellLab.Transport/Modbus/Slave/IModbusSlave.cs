namespace CellLab.Transport.Modbus.Slave;

/// <summary>Answers on one connection for the units it has, one request after the other.</summary>
public interface IModbusSlave
{
    /// <summary>Serves until the other side has gone, what came is no Modbus TCP, or a fault cuts the line.</summary>
    /// <exception cref="TransportException">Lost.</exception>
    /// <exception cref="OperationCanceledException">The token.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
