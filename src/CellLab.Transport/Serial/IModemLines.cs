namespace CellLab.Transport.Serial;

/// <summary>The control lines beside the data of a serial port.</summary>
public interface IModemLines
{
    /// <summary>False on a pseudo-terminal, which has none.</summary>
    bool Exist { get; }

    /// <summary>Sets outputs; what is null stays. On a device server: returns when the server has confirmed it.</summary>
    /// <exception cref="TransportException">There are no such lines, the port is gone, or the server does not confirm.</exception>
    ValueTask SetAsync(bool? rts, bool? dtr, CancellationToken cancellationToken);

    /// <exception cref="TransportException">There are no such lines, or the port is gone.</exception>
    ValueTask<ModemLineState> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>True is the active (positive) level.</summary>
public readonly record struct ModemLineState(bool Rts, bool Dtr, bool Cts, bool Dsr, bool Dcd, bool Ring);

/// <summary>A connection over a serial port, here or on a device server.</summary>
public interface ISerialConnection : IConnection
{
    IModemLines Lines { get; }
}
