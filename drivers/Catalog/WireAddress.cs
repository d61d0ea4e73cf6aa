using CellLab.Transport.Modbus;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.Catalog;

/// <summary>The part of <c>connection</c> of an instrument that is reached over TCP (<c>host, port</c>), a serial line (<c>path, baud, parity,
/// stop_bits, data_bits, flow, through</c>) or one of a device server (<c>host, port, baud ...</c>), by <c>kind</c>.</summary>
public static class WireAddress
{
    private const int DeviceServerPort = 2217;

    /// <param name="usual">The line settings of the instrument's manual, for what the configuration does not say.</param>
    /// <returns>An address for <see cref="Transport.WireConnector"/>; null, with errors collected, when it cannot be made.</returns>
    public static Uri? Read(SettingsReader connection, int defaultPort, SerialSettings usual)
    {
        switch (connection.Text("kind"))
        {
            case null or "tcp":
                return TcpAddress.Read(connection, defaultPort);
            case "serial":
                return ReadSerial(connection, usual);
            case "rfc2217":
                return ReadDeviceServer(connection, usual);
            case string other:
                connection.Fail("kind", $"this instrument is reached over tcp, serial or rfc2217, found '{other}'");
                return null;
        }
    }

    /// <summary>The setting <c>modbus</c>: whose code frames the requests.</summary>
    public static ModbusCodec ModbusCodec(SettingsReader settings) =>
        settings.Word("modbus", Transport.Modbus.ModbusCodec.CellLab, ("celllab", Transport.Modbus.ModbusCodec.CellLab), ("nmodbus", Transport.Modbus.ModbusCodec.NModbus));

    private static Uri? ReadSerial(SettingsReader connection, SerialSettings usual)
    {
        string path = connection.RequiredText("path", "the serial port, for example /dev/serial/by-id/usb-...");
        SerialSettings settings = ReadLine(connection, usual) with
        {
            Through = connection.Word("through", usual.Through, ("termios", SerialDriver.Termios), ("system-io-ports", SerialDriver.SystemIoPorts)),
        };
        if (path.Length > 0 && !path.StartsWith('/') && !path.StartsWith("COM", StringComparison.Ordinal))
        {
            connection.Fail("path", $"expected the full path of a serial port (on Windows its name, COM3), found '{path}'");
            return null;
        }

        return path.Length == 0 ? null : settings.At(path);
    }

    private static Uri? ReadDeviceServer(SettingsReader connection, SerialSettings usual)
    {
        SerialSettings settings = ReadLine(connection, usual);
        return TcpAddress.ReadPlace(connection, DeviceServerPort) is { } place ? settings.AtServer(place.Host, place.Port) : null;
    }

    private static SerialSettings ReadLine(SettingsReader connection, SerialSettings usual) => usual with
    {
        Baud = connection.Integer("baud", usual.Baud, 50, 4_000_000),
        DataBits = connection.Integer("data_bits", usual.DataBits, 7, 8),
        StopBits = connection.Integer("stop_bits", usual.StopBits, 1, 2),
        Parity = connection.Word("parity", usual.Parity, ("none", SerialParity.None), ("even", SerialParity.Even), ("odd", SerialParity.Odd)),
        Flow = connection.Word("flow", usual.Flow, ("none", SerialFlow.None), ("rts-cts", SerialFlow.RtsCts), ("xon-xoff", SerialFlow.XonXoff)),
    };
}
