using System.Buffers.Binary;

namespace CellLab.Transport.Modbus;

/// <summary>Bits and registers as bytes.</summary>
public static class ModbusData
{
    /// <summary>The first bit is the lowest of the first byte; the rest of the last byte is 0.</summary>
    public static byte[] Pack(ReadOnlySpan<bool> bits)
    {
        byte[] packed = new byte[(bits.Length + 7) / 8];
        for (int i = 0; i < bits.Length; i++)
        {
            packed[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
        }

        return packed;
    }

    /// <param name="packed">At least as many bits as asked for.</param>
    public static bool[] Unpack(ReadOnlySpan<byte> packed, int count)
    {
        bool[] bits = new bool[count];
        for (int i = 0; i < count; i++)
        {
            bits[i] = (packed[i / 8] & (1 << (i % 8))) != 0;
        }

        return bits;
    }

    public static byte[] Bytes(ReadOnlySpan<ushort> registers)
    {
        byte[] bytes = new byte[2 * registers.Length];
        for (int i = 0; i < registers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), registers[i]);
        }

        return bytes;
    }

    public static ushort[] Registers(ReadOnlySpan<byte> bytes)
    {
        ushort[] registers = new ushort[bytes.Length / 2];
        for (int i = 0; i < registers.Length; i++)
        {
            registers[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        }

        return registers;
    }
}
