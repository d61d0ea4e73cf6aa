using System.Buffers.Binary;

namespace CellLab.Transport.Modbus.Slave;

/// <summary>What a unit answers to a request: function code and data in, function code and data out.</summary>
public static class ModbusAnswers
{
    /// <param name="request">At least the function code; anything may follow.</param>
    public static byte[] Answer(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        try
        {
            return Handle(unit, request);
        }
        catch (ModbusRefusedException refusal)
        {
            return [(byte)(request[0] | ModbusReplies.ExceptionBit), (byte)refusal.Code];
        }
    }

    private static byte[] Handle(IModbusUnit unit, ReadOnlySpan<byte> request) => (ModbusFunction)request[0] switch
    {
        ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs => ReadBits(unit, request),
        ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters => ReadRegisters(unit, request),
        ModbusFunction.WriteCoil or ModbusFunction.WriteRegister => WriteOne(unit, request),
        ModbusFunction.WriteCoils => WriteCoils(unit, request),
        ModbusFunction.WriteRegisters => WriteRegisters(unit, request),
        ModbusFunction.ReadWriteRegisters when unit.ReadsAndWritesAtOnce => ReadWrite(unit, request),
        _ => throw new ModbusRefusedException(ModbusExceptionCode.IllegalFunction),
    };

    private static byte[] ReadBits(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        bool[] bits = new bool[Count(request, ModbusRequests.MostBitsRead, 5)];
        if (request[0] == (byte)ModbusFunction.ReadCoils)
        {
            unit.ReadCoils(Word(request, 1), bits);
        }
        else
        {
            unit.ReadDiscreteInputs(Word(request, 1), bits);
        }

        return WithCount(request[0], ModbusData.Pack(bits));
    }

    private static byte[] ReadRegisters(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        ushort[] registers = new ushort[Count(request, ModbusRequests.MostRegistersRead, 5)];
        if (request[0] == (byte)ModbusFunction.ReadHoldingRegisters)
        {
            unit.ReadHoldingRegisters(Word(request, 1), registers);
        }
        else
        {
            unit.ReadInputRegisters(Word(request, 1), registers);
        }

        return WithCount(request[0], ModbusData.Bytes(registers));
    }

    private static byte[] WriteOne(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        Require(request.Length == 5);
        if (request[0] == (byte)ModbusFunction.WriteCoil)
        {
            unit.WriteCoil(Word(request, 1), Word(request, 3));
        }
        else
        {
            unit.WriteRegister(Word(request, 1), Word(request, 3));
        }

        return request.ToArray();
    }

    private static byte[] WriteCoils(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        int count = Count(request, ModbusRequests.MostBitsWritten);
        ReadOnlySpan<byte> packed = Payload(request, 5, (count + 7) / 8);
        unit.WriteCoils(Word(request, 1), ModbusData.Unpack(packed, count));
        return request[..5].ToArray();
    }

    private static byte[] WriteRegisters(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        int count = Count(request, ModbusRequests.MostRegistersWritten);
        unit.WriteRegisters(Word(request, 1), ModbusData.Registers(Payload(request, 5, 2 * count)));
        return request[..5].ToArray();
    }

    private static byte[] ReadWrite(IModbusUnit unit, ReadOnlySpan<byte> request)
    {
        ushort[] read = new ushort[Count(request, ModbusRequests.MostRegistersRead)];
        Require(request.Length > 9);
        int count = Count(request[4..], ModbusRequests.MostRegistersExchanged);
        unit.WriteRegisters(Word(request, 5), ModbusData.Registers(Payload(request, 9, 2 * count)));
        unit.ReadHoldingRegisters(Word(request, 1), read);
        return WithCount(request[0], ModbusData.Bytes(read));
    }

    private static byte[] WithCount(byte function, byte[] data) => [function, (byte)data.Length, .. data];

    private static int Count(ReadOnlySpan<byte> request, int most, int? wholeLength = null)
    {
        Require(request.Length >= 5 && (wholeLength is null || request.Length == wholeLength));
        int count = Word(request, 3);
        Require(count >= 1 && count <= most);
        return count;
    }

    private static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> request, int countAt, int expected)
    {
        Require(request.Length == countAt + 1 + expected && request[countAt] == expected);
        return request[(countAt + 1)..];
    }

    private static ushort Word(ReadOnlySpan<byte> request, int at) => BinaryPrimitives.ReadUInt16BigEndian(request[at..]);

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new ModbusRefusedException(ModbusExceptionCode.IllegalValue);
        }
    }
}
