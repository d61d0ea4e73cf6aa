namespace CellLab.Transport.Serial;

/// <summary>The control lines beside the data of a serial port.</summary>
public interface IModemLines
{
    /// <summary>False on a pseudo-terminal, which has none.</summary>
    bool Exist { get; }

    /// <summary>Sets outputs; what is null stays.</summary>
    /// <exception cref="TransportException">There are no such lines, or the port is gone.</exception>
    void Set(bool? rts, bool? dtr);

    /// <exception cref="TransportException">There are no such lines, or the port is gone.</exception>
    ModemLineState Read();
}

/// <summary>True is the active (positive) level.</summary>
public readonly record struct ModemLineState(bool Rts, bool Dtr, bool Cts, bool Dsr, bool Dcd, bool Ring);

/// <summary>A connection over a serial port.</summary>
public interface ISerialConnection : IConnection
{
    IModemLines Lines { get; }
}
