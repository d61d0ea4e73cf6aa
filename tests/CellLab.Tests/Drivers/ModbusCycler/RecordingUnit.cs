using CellLab.Transport.Modbus.Slave;

namespace CellLab.Tests.Drivers.ModbusCycler;

/// <summary>Keeps what is written and gives it back; everything else reads 0.</summary>
internal sealed class RecordingUnit : IModbusUnit
{
    public Dictionary<int, ushort> Registers { get; } = [];

    public Dictionary<int, bool> Coils { get; } = [];

    /// <summary>Told of every write before it counts.</summary>
    public Action<int, ushort> Written { get; set; } = (_, _) => { };

    public void ReadCoils(ushort address, Span<bool> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Coils.GetValueOrDefault(address + i);
        }
    }

    public void ReadHoldingRegisters(ushort address, Span<ushort> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Registers.GetValueOrDefault(address + i);
        }
    }

    public void WriteCoil(ushort address, ushort rawValue)
    {
        Coils[address] = rawValue == 0xFF00;
        Written(address, rawValue);
    }

    public void WriteRegister(ushort address, ushort value)
    {
        Registers[address] = value;
        Written(address, value);
    }

    public void WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Registers[address + i] = values[i];
        }

        Written(address, values[0]);
    }

    public void Put(int address, double value)
    {
        uint bits = BitConverter.SingleToUInt32Bits((float)value);
        (Registers[address], Registers[address + 1]) = ((ushort)(bits >> 16), (ushort)bits);
    }

    public void Put(int address, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int word = address + (i / 2);
            Registers[word] = (ushort)(Registers.GetValueOrDefault(word) | (text[i] << (i % 2 == 0 ? 8 : 0)));
        }
    }
}
