using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>A unit with 1000 bits and 1000 registers that can all be written.</summary>
internal sealed class MemoryUnit : IModbusUnit
{
    public bool[] Bits { get; } = new bool[1000];

    public ushort[] Registers { get; } = new ushort[1000];

    public List<(ushort Address, ushort Raw)> RawCoils { get; } = [];

    public bool ReadsAndWritesAtOnce => true;

    public void ReadCoils(ushort address, Span<bool> values) => Span(Bits, address, values.Length).CopyTo(values);

    public void ReadDiscreteInputs(ushort address, Span<bool> values) => ReadCoils(address, values);

    public void ReadHoldingRegisters(ushort address, Span<ushort> values) => Span(Registers, address, values.Length).CopyTo(values);

    public void ReadInputRegisters(ushort address, Span<ushort> values) => ReadHoldingRegisters(address, values);

    public void WriteCoil(ushort address, ushort rawValue)
    {
        RawCoils.Add((address, rawValue));
        Span(Bits, address, 1)[0] = rawValue == 0xFF00;
    }

    public void WriteRegister(ushort address, ushort value) => Span(Registers, address, 1)[0] = value;

    public void WriteCoils(ushort address, ReadOnlySpan<bool> values) => values.CopyTo(Span(Bits, address, values.Length));

    public void WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => values.CopyTo(Span(Registers, address, values.Length));

    private static Span<T> Span<T>(T[] of, ushort address, int count) =>
        address + count <= of.Length ? of.AsSpan(address, count) : throw new ModbusRefusedException(ModbusExceptionCode.IllegalAddress);
}
