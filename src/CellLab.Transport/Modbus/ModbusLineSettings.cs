using CellLab.Transport.Serial;

namespace CellLab.Transport.Modbus;

public enum ModbusFraming
{
    /// <summary>RTU on a serial line, TCP frames on TCP.</summary>
    ByAddress,

    /// <summary>RTU frames, also over TCP: a serial device server that passes bytes on.</summary>
    Rtu,

    Tcp,
}

/// <summary>How to talk on one line. All times are wall time.</summary>
public sealed record ModbusLineSettings
{
    public ModbusFraming Framing { get; init; }

    public ModbusCodec Codec { get; init; }

    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a reading request is sent again after silence or a damaged reply. Writing requests are never repeated here.</summary>
    public int ReadRetries { get; init; } = 1;

    /// <summary>Between the end of one exchange and the next request; at least the 3.5 characters of the specification in any case.</summary>
    public TimeSpan MinimumPause { get; init; }

    /// <summary>On RTU, after a lost reply: how long beyond the time-out a late one is waited for and thrown away before anything else is
    /// asked.</summary>
    public TimeSpan LateReplyWindow { get; init; } = TimeSpan.FromSeconds(1);

    internal bool IsRtu(Uri address) => Framing == ModbusFraming.Rtu || (Framing == ModbusFraming.ByAddress && SerialSettings.IsSerialLine(address));

    /// <summary>3.5 characters, and 1.75 ms above 19 200 baud (MODBUS over Serial Line V1.02, 2.5.1.1).</summary>
    public static TimeSpan Silence(Uri address)
    {
        if (!SerialSettings.IsSerialLine(address))
        {
            return TimeSpan.Zero;
        }

        SerialSettings line = SerialSettings.Of(address);
        return line.Baud > 19200 ? TimeSpan.FromMilliseconds(1.75) : TimeSpan.FromSeconds(3.5 * line.BitsPerCharacter / line.Baud);
    }
}
