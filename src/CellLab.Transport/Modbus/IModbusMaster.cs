namespace CellLab.Transport.Modbus;

/// <summary>Asks one unit. Addresses are as on the wire, from 0. Every call waits for its turn on the line; calls of an urgent master go
/// first. Faults are <see cref="TransportException"/> (no answer, damaged, line gone) and <see cref="ModbusRefusedException"/>.</summary>
public interface IModbusMaster
{
    /// <summary>Function 1 or 2.</summary>
    Task<bool[]> ReadBitsAsync(ModbusFunction function, ushort address, int count, CancellationToken cancellationToken);

    /// <summary>Function 3 or 4.</summary>
    Task<ushort[]> ReadRegistersAsync(ModbusFunction function, ushort address, int count, CancellationToken cancellationToken);

    /// <summary>Function 5 with any value: 0xFF00 on, 0x0000 off, others by the module's manual.</summary>
    Task WriteCoilAsync(ushort address, ushort rawValue, CancellationToken cancellationToken);

    Task WriteRegisterAsync(ushort address, ushort value, CancellationToken cancellationToken);

    Task WriteCoilsAsync(ushort address, IReadOnlyList<bool> values, CancellationToken cancellationToken);

    Task WriteRegistersAsync(ushort address, IReadOnlyList<ushort> values, CancellationToken cancellationToken);

    /// <summary>Function 23: writes, then reads.</summary>
    Task<ushort[]> ReadWriteRegistersAsync(
        ushort readAddress, int readCount, ushort writeAddress, IReadOnlyList<ushort> values, CancellationToken cancellationToken);
}
