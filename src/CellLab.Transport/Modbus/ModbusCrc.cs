namespace CellLab.Transport.Modbus;

/// <summary>Checksum of RTU frames: CRC-16, polynomial 0xA001 (reflected), start 0xFFFF, low byte first on the wire (MODBUS over Serial Line
/// V1.02, 6.2.2).</summary>
public static class ModbusCrc
{
    public const int Length = 2;

    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
            }
        }

        return crc;
    }

    /// <summary>Whether the last two bytes are the checksum of those before.</summary>
    public static bool Fits(ReadOnlySpan<byte> frame) =>
        frame.Length > Length && Of(frame[..^Length]) == (ushort)(frame[^2] | (frame[^1] << 8));
}
