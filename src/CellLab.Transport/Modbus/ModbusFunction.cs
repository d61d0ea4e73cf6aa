namespace CellLab.Transport.Modbus;

/// <summary>Function codes (MODBUS Application Protocol Specification V1.1b3, chapter 6).</summary>
public enum ModbusFunction : byte
{
    ReadCoils = 1,
    ReadDiscreteInputs = 2,
    ReadHoldingRegisters = 3,
    ReadInputRegisters = 4,
    WriteCoil = 5,
    WriteRegister = 6,
    WriteCoils = 15,
    WriteRegisters = 16,
    ReadWriteRegisters = 23,
}
