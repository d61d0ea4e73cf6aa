using System.Buffers.Binary;

namespace CellLab.Transport.Modbus;

/// <summary>TCP frames: <c>transaction u16, protocol u16 = 0, length u16 of what follows, unit u8, function, data</c> (MODBUS Messaging on
/// TCP/IP V1.0b, 3.1.3).</summary>
public static class TcpFrame
{
    /// <summary>Bytes up to and with the length.</summary>
    public const int HeadLength = 6;
    private const int LongestRest = 254;

    public static byte[] Encode(ushort transaction, byte unit, ReadOnlySpan<byte> pdu)
    {
        byte[] frame = new byte[HeadLength + 1 + pdu.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), (ushort)(pdu.Length + 1));
        frame[6] = unit;
        pdu.CopyTo(frame.AsSpan(7));
        return frame;
    }

    public static ushort Transaction(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt16BigEndian(head);

    /// <summary>Bytes that follow the head; null when it is not a Modbus head.</summary>
    public static int? RestLength(ReadOnlySpan<byte> head)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
        return BinaryPrimitives.ReadUInt16BigEndian(head[2..]) == 0 && length is >= 2 and <= LongestRest ? length : null;
    }
}
