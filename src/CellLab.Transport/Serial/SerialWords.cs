using System.Globalization;

namespace CellLab.Transport.Serial;

/// <summary>The query part of a serial address.</summary>
internal static class SerialWords
{
    public static string Of(SerialParity parity) => parity switch { SerialParity.Even => "even", SerialParity.Odd => "odd", _ => "none" };

    public static string Of(SerialFlow flow) => flow switch { SerialFlow.RtsCts => "rts-cts", SerialFlow.XonXoff => "xon-xoff", _ => "none" };

    public static string Of(SerialDriver driver) =>
        driver switch { SerialDriver.Termios => "termios", SerialDriver.SystemIoPorts => "system-io-ports", _ => "" };

    public static string Of(bool on) => on ? "on" : "off";

    public static SerialSettings Read(Uri address)
    {
        var settings = new SerialSettings();
        foreach (string part in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            settings = Apply(settings, address, pair[0], pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "");
        }

        return settings;
    }

    private static SerialSettings Apply(SerialSettings settings, Uri address, string name, string value) => name switch
    {
        "baud" => settings with { Baud = Number(address, name, value, 50, 4_000_000) },
        "data" => settings with { DataBits = Number(address, name, value, 7, 8) },
        "stop" => settings with { StopBits = Number(address, name, value, 1, 2) },
        "parity" => settings with { Parity = One<SerialParity>(address, name, value, Of) },
        "flow" => settings with { Flow = One<SerialFlow>(address, name, value, Of) },
        "rts" => settings with { Rts = Switch(address, name, value) },
        "dtr" => settings with { Dtr = Switch(address, name, value) },
        "through" => settings with { Through = One<SerialDriver>(address, name, value, Of) },
        _ => throw Wrong(address, $"'{name}' is not a setting of a serial line; known are baud, data, parity, stop, flow, rts, dtr, through"),
    };

    private static int Number(Uri address, string name, string value, int lowest, int highest) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= lowest && number <= highest
            ? number
            : throw Wrong(address, $"{name}: expected a number from {lowest} to {highest}, found '{value}'");

    private static bool Switch(Uri address, string name, string value) => value switch
    {
        "on" => true,
        "off" => false,
        _ => throw Wrong(address, $"{name}: expected on or off, found '{value}'"),
    };

    private static T One<T>(Uri address, string name, string value, Func<T, string> word)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (word(candidate) == value)
            {
                return candidate;
            }
        }

        throw Wrong(address, $"{name}: expected one of {string.Join(", ", Enum.GetValues<T>().Select(word))}, found '{value}'");
    }

    private static TransportException Wrong(Uri address, string message) => new(TransportFault.BadAddress, address, message);
}
