namespace CellLab.Transport.Modbus;

/// <summary>RTU frames: <c>unit, function, data, checksum</c>. A frame carries no length: it follows from the function.</summary>
public static class RtuFrame
{
    public const int Longest = 256;

    public static byte[] Encode(byte unit, ReadOnlySpan<byte> pdu)
    {
        byte[] frame = new byte[pdu.Length + 3];
        frame[0] = unit;
        pdu.CopyTo(frame.AsSpan(1));
        ushort crc = ModbusCrc.Of(frame.AsSpan(0, pdu.Length + 1));
        frame[^2] = (byte)crc;
        frame[^1] = (byte)(crc >> 8);
        return frame;
    }

    /// <summary>Length of the whole reply that begins like this; null while too little has come to tell, -1 when the function is unknown.</summary>
    public static int? ReplyLength(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2)
        {
            return null;
        }

        return start[1] switch
        {
            >= ModbusReplies.ExceptionBit => 5,
            1 or 2 or 3 or 4 or 23 => start.Length < 3 ? null : 3 + start[2] + ModbusCrc.Length,
            5 or 6 or 15 or 16 => 8,
            _ => -1,
        };
    }

    /// <summary>The same for a request.</summary>
    public static int? RequestLength(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2)
        {
            return null;
        }

        return start[1] switch
        {
            >= 1 and <= 6 => 8,
            15 or 16 => start.Length < 7 ? null : 7 + start[6] + ModbusCrc.Length,
            23 => start.Length < 11 ? null : 11 + start[10] + ModbusCrc.Length,
            _ => -1,
        };
    }
}
