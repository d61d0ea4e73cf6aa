namespace CellLab.Transport.Modbus.Slave;

/// <summary>Faults of a simulated line.</summary>
public interface IModbusInterference
{
    /// <summary>Called with each reply before it goes out. Returns what goes out instead, empty for silence; may take its time.</summary>
    /// <param name="request">Function code and data.</param>
    /// <param name="reply">The whole frame.</param>
    ValueTask<ModbusOutcome> BeforeReplyAsync(byte unit, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> reply, CancellationToken cancellationToken);
}

/// <summary>What goes out, and whether the line ends with it.</summary>
public readonly record struct ModbusOutcome(ReadOnlyMemory<byte> Bytes, bool Cut = false);
