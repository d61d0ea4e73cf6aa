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
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"baud={Baud}")];
        Add("data", DataBits, 8);
        Add("parity", SerialWords.Of(Parity), "none");
        Add("stop", StopBits, 1);
        Add("flow", SerialWords.Of(Flow), "none");
        Add("rts", SerialWords.Of(Rts), "on");
        Add("dtr", SerialWords.Of(Dtr), "on");
        Add("through", SerialWords.Of(Through), "");
        path = path.StartsWith('/') ? path : '/' + path; // COM3
        return new Uri($"serial://{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?{string.Join('&', parts)}");

        void Add<T>(string name, T value, T usual)
        {
            if (!Equals(value, usual))
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
            }
        }
    }

    /// <exception cref="TransportException">BadAddress: names the part and what was expected.</exception>
    public static SerialSettings Of(Uri address) => SerialWords.Read(address);
}
