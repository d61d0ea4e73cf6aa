namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>The telnet option for serial ports: numbers of RFC 2217, section 3.</summary>
internal static class ComPort
{
    public const byte Option = 44;

    /// <summary>A server answers with the number of the request and this.</summary>
    public const byte Answer = 100;

    public const byte SetBaud = 1;
    public const byte SetDataBits = 2;
    public const byte SetParity = 3;
    public const byte SetStopBits = 4;
    public const byte SetControl = 5;
    public const byte SetModemStateMask = 11;

    /// <summary>From the server, unasked.</summary>
    public const byte ModemState = 107;

    public const byte FlowNone = 1;
    public const byte FlowXonXoff = 2;
    public const byte FlowRtsCts = 3;
    public const byte AskDtr = 7;
    public const byte DtrOn = 8;
    public const byte DtrOff = 9;
    public const byte AskRts = 10;
    public const byte RtsOn = 11;
    public const byte RtsOff = 12;

    public const byte Cts = 0x10;
    public const byte Dsr = 0x20;
    public const byte Ring = 0x40;
    public const byte Dcd = 0x80;
}
