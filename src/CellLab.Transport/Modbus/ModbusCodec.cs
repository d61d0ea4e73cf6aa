namespace CellLab.Transport.Modbus;

/// <summary>Whose code frames requests and replies. Turns, time-outs, retries and the clearing of a line in doubt are the same for all.</summary>
public enum ModbusCodec
{
    /// <summary>This project's own.</summary>
    CellLab,

    /// <summary>The package NModbus, in builds with the named packages.</summary>
    NModbus,
}
