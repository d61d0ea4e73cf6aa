using System.Globalization;

namespace CellLab.Transport.Serial;

public enum SerialParity { None, Even, Odd }

public enum SerialFlow
{
    None,

    /// <summary>Hardware handshake.</summary>
    RtsCts,

    /// <summary>Software handshake: not for binary protocols.</summary>
    XonXoff,
}

/// <summary>How a serial line is set. <paramref name="Rts"/> and <paramref name="Dtr"/> are their states after opening.</summary>
/// <param name="Baud">Any rate: those without a constant of the system too.</param>
public sealed record SerialSettings(
    int Baud = 9600,
    int DataBits = 8,
    SerialParity Parity = SerialParity.None,
    int StopBits = 1,
    SerialFlow Flow = SerialFlow.None,
    bool Rts = true,
    bool Dtr = true,
    SerialDriver Through = SerialDriver.Usual)
{
    /// <summary>Start, data, parity and stop bits of one character.</summary>
    public int BitsPerCharacter => 1 + DataBits + (Parity == SerialParity.None ? 0 : 1) + StopBits;

    /// <summary>Line address with these settings: <c>serial:///dev/ttyUSB0?baud=9600&amp;stop=2</c>; what is usual is left out.</summary>
    public Uri At(string path)
    {
        path = path.StartsWith('/') ? path : '/' + path; // COM3
        return new Uri($"serial://{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?{Query()}");
    }

    /// <summary>The same line on a serial device server: <c>rfc2217://10.0.0.7:4001?baud=9600</c>.</summary>
    public Uri AtServer(string host, int port) => new UriBuilder("rfc2217", host, port) { Query = Query() }.Uri;

    /// <exception cref="TransportException">BadAddress: names the part and what was expected.</exception>
    public static SerialSettings Of(Uri address) => SerialWords.Read(address);

    /// <summary>Whether the address is a serial line, of this machine or of a device server: with a rate, and no bounds between messages.</summary>
    public static bool IsSerialLine(Uri address) => address.Scheme is "serial" or "rfc2217";

    private string Query()
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"baud={Baud}")];
        Add("data", DataBits, 8);
        Add("parity", SerialWords.Of(Parity), "none");
        Add("stop", StopBits, 1);
        Add("flow", SerialWords.Of(Flow), "none");
        Add("rts", SerialWords.Of(Rts), "on");
        Add("dtr", SerialWords.Of(Dtr), "on");
        Add("through", SerialWords.Of(Through), "");
        return string.Join('&', parts);

        void Add<T>(string name, T value, T usual)
        {
            if (!Equals(value, usual))
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
            }
        }
    }
}
