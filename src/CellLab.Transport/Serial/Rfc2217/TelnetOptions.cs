namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>What the two sides agree on: raw bytes both ways, and control of the serial port by us. Each offer is made once, so that no two sides go
/// on answering each other.</summary>
internal sealed class TelnetOptions
{
    private static readonly byte[] s_ours = [ComPort.Option, Telnet.Binary, Telnet.SuppressGoAhead];
    private static readonly byte[] s_theirs = [Telnet.Binary, Telnet.SuppressGoAhead];

    /// <summary>Whether the server carries control of its port; null while it has not said.</summary>
    public bool? Agreed { get; private set; }

    public static byte[] Opening { get; } =
        [.. s_ours.SelectMany(option => Telnet.Option(Telnet.Will, option)), .. s_theirs.SelectMany(option => Telnet.Option(Telnet.Do, option))];

    /// <summary>What is to be said to this; null for nothing.</summary>
    public byte[]? Reply(TelnetSign sign)
    {
        if (sign is { Option: ComPort.Option, Verb: Telnet.Do or Telnet.Dont })
        {
            Agreed = sign.Verb == Telnet.Do;
        }

        return sign.Verb switch
        {
            Telnet.Do when !s_ours.Contains(sign.Option) => Telnet.Option(Telnet.Wont, sign.Option),
            Telnet.Will when !s_theirs.Contains(sign.Option) => Telnet.Option(Telnet.Dont, sign.Option),
            _ => null, // offered or asked for at the opening
        };
    }
}
