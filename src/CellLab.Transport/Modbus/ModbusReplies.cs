namespace CellLab.Transport.Modbus;

/// <summary>Judges replies against the request they must answer.</summary>
public static class ModbusReplies
{
    public const byte ExceptionBit = 0x80;

    /// <summary>Null when the reply answers the request (exception replies do), else what is wrong with it.</summary>
    public static string? Problem(ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply)
    {
        if (reply.Length < 2)
        {
            return $"reply of {reply.Length} bytes";
        }

        if (reply[0] == (request[0] | ExceptionBit))
        {
            return reply.Length == 2 ? null : $"exception reply of {reply.Length} instead of 2 bytes";
        }

        if (reply[0] != request[0])
        {
            return $"reply to function {reply[0]}, asked was {request[0]}";
        }

        return (ModbusFunction)request[0] switch
        {
            ModbusFunction.WriteCoil or ModbusFunction.WriteRegister or ModbusFunction.WriteCoils or ModbusFunction.WriteRegisters =>
                reply.SequenceEqual(request[..5]) ? null : $"reply {Convert.ToHexString(reply)} does not repeat the request {Convert.ToHexString(request[..5])}",
            _ => CountProblem(reply, DataBytes(request)),
        };
    }

    /// <exception cref="ModbusRefusedException">The reply is an exception reply.</exception>
    public static void ThrowIfRefused(ReadOnlySpan<byte> reply, string what)
    {
        if ((reply[0] & ExceptionBit) != 0)
        {
            throw new ModbusRefusedException((ModbusExceptionCode)reply[1], what);
        }
    }

    /// <summary>Data bytes that the reply to a reading request must hold.</summary>
    private static int DataBytes(ReadOnlySpan<byte> request)
    {
        int count = (request[3] << 8) | request[4];
        return request[0] <= (byte)ModbusFunction.ReadDiscreteInputs ? (count + 7) / 8 : 2 * count;
    }

    private static string? CountProblem(ReadOnlySpan<byte> reply, int expected) =>
        reply[1] == expected && reply.Length == expected + 2 ? null : $"{reply.Length - 2} data bytes (said to be {reply[1]}), expected {expected}";
}
