using System.Buffers.Binary;

namespace CellLab.Transport.Modbus;

/// <summary>Writes requests: function code and data, without unit, checksum or header. Addresses are as on the wire, from 0.</summary>
public static class ModbusRequests
{
    public const int MostBitsRead = 2000;
    public const int MostRegistersRead = 125;
    public const int MostBitsWritten = 1968;
    public const int MostRegistersWritten = 123;
    public const int MostRegistersExchanged = 121;

    /// <summary><c>function, address u16, count u16</c>, functions 1 to 4.</summary>
    public static byte[] Read(ModbusFunction function, ushort address, int count)
    {
        bool bits = function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs;
        Check(count, bits ? MostBitsRead : MostRegistersRead);
        return Words(function, address, (ushort)count);
    }

    /// <summary><c>5, address u16, value u16</c>: 0xFF00 on, 0x0000 off by the specification, other values as the module's manual says.</summary>
    public static byte[] WriteCoil(ushort address, ushort rawValue) => Words(ModbusFunction.WriteCoil, address, rawValue);

    /// <summary><c>6, address u16, value u16</c>.</summary>
    public static byte[] WriteRegister(ushort address, ushort value) => Words(ModbusFunction.WriteRegister, address, value);

    /// <summary><c>15, address u16, count u16, bytes u8, bits from the lowest</c>.</summary>
    public static byte[] WriteCoils(ushort address, ReadOnlySpan<bool> values)
    {
        Check(values.Length, MostBitsWritten);
        byte[] packed = ModbusData.Pack(values);
        return [.. Words(ModbusFunction.WriteCoils, address, (ushort)values.Length), (byte)packed.Length, .. packed];
    }

    /// <summary><c>16, address u16, count u16, bytes u8, registers high byte first</c>.</summary>
    public static byte[] WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        Check(values.Length, MostRegistersWritten);
        return [.. Words(ModbusFunction.WriteRegisters, address, (ushort)values.Length), (byte)(2 * values.Length), .. ModbusData.Bytes(values)];
    }

    /// <summary><c>23, read address u16, read count u16, write address u16, write count u16, bytes u8, registers</c>: the unit writes first.</summary>
    public static byte[] ReadWriteRegisters(ushort readAddress, int readCount, ushort writeAddress, ReadOnlySpan<ushort> values)
    {
        Check(readCount, MostRegistersRead);
        Check(values.Length, MostRegistersExchanged);
        byte[] write = Words(0, writeAddress, (ushort)values.Length)[1..];
        return [.. Words(ModbusFunction.ReadWriteRegisters, readAddress, (ushort)readCount), .. write, (byte)(2 * values.Length), .. ModbusData.Bytes(values)];
    }

    private static byte[] Words(ModbusFunction function, ushort first, ushort second)
    {
        byte[] pdu = new byte[5];
        pdu[0] = (byte)function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(1), first);
        BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(3), second);
        return pdu;
    }

    private static void Check(int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, most);
    }
}
