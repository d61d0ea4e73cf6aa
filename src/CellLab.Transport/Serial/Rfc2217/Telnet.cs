namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>The words of telnet that a device server needs (RFC 854, 855, 856, 858).</summary>
internal static class Telnet
{
    public const byte SubnegotiationEnd = 240;
    public const byte Subnegotiation = 250;
    public const byte Will = 251;
    public const byte Wont = 252;
    public const byte Do = 253;
    public const byte Dont = 254;
    public const byte Interpret = 255;

    public const byte Binary = 0;
    public const byte SuppressGoAhead = 3;

    public static byte[] Option(byte verb, byte option) => [Interpret, verb, option];

    /// <summary>A byte of 255 is sent twice.</summary>
    public static byte[] Escape(ReadOnlySpan<byte> bytes)
    {
        byte[] escaped = new byte[bytes.Length + bytes.Count(Interpret)];
        int at = 0;
        foreach (byte sign in bytes)
        {
            escaped[at++] = sign;
            if (sign == Interpret)
            {
                escaped[at++] = sign;
            }
        }

        return escaped;
    }

    public static byte[] Message(byte option, ReadOnlySpan<byte> content) =>
        [Interpret, Subnegotiation, option, .. Escape(content), Interpret, SubnegotiationEnd];
}
