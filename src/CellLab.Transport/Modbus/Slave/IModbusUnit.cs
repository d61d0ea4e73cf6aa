namespace CellLab.Transport.Modbus.Slave;

/// <summary>One unit that answers. A function that is not overridden is refused as unknown. Addresses are as on the wire; a
/// <see cref="ModbusRefusedException"/> becomes the exception reply.</summary>
public interface IModbusUnit
{
    void ReadCoils(ushort address, Span<bool> values) => throw Unknown();

    void ReadDiscreteInputs(ushort address, Span<bool> values) => throw Unknown();

    void ReadHoldingRegisters(ushort address, Span<ushort> values) => throw Unknown();

    void ReadInputRegisters(ushort address, Span<ushort> values) => throw Unknown();

    /// <summary>Gets the raw value: 0xFF00 on, 0x0000 off, others as the device likes.</summary>
    void WriteCoil(ushort address, ushort rawValue) => throw Unknown();

    void WriteRegister(ushort address, ushort value) => throw Unknown();

    void WriteCoils(ushort address, ReadOnlySpan<bool> values) => throw Unknown();

    void WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => throw Unknown();

    /// <summary>Function 23 is known.</summary>
    bool ReadsAndWritesAtOnce => false;

    private static ModbusRefusedException Unknown() => new(ModbusExceptionCode.IllegalFunction);
}
