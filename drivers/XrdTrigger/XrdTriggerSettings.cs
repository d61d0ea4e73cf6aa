using CellLab.Drivers.Catalog;
using CellLab.Drivers.XrdTrigger.Contacts;
using CellLab.Drivers.XrdTrigger.Lines;
using CellLab.Transport.Modbus;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>Reads <see cref="XrdTriggerOptions"/> from <c>profile</c>, <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class XrdTriggerSettings
{
    public const string Helper = "helper";
    public const string Aeris = "aeris";
    public const string SerialLine = "serial-line";

    private const int ModbusPort = 502;
    private const int HelperPort = 7021;
    private const int AerisPort = 702;
    private const int RelayModuleBaud = 9600;
    private const int MostInputs = 2000;
    private const double LargestOffsetDegrees = 5;

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static XrdTriggerOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        var reply = settings.Seconds("reply_timeout_s", 1, 0.05, 60);
        XrdTriggerOptions options = Wire(setup, connection, settings, reply) with
        {
            ReplyTimeout = reply,
            Pulse = settings.Seconds("pulse_s", 0.5, 0.1, 2),
            MinimumGap = settings.Seconds("minimum_gap_s", 1, 0, 3600),
            PatternFolder = settings.Text("pattern_folder") is { } folder ? Path.GetFullPath(folder) : null,
            DisplacementOffsetDegrees = settings.Number("displacement_offset_deg", -LargestOffsetDegrees, LargestOffsetDegrees),
        };
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }

    private static XrdTriggerOptions Wire(DeviceSetup setup, SettingsReader connection, SettingsReader settings, TimeSpan reply) => setup.Profile switch
    {
        null => throw new DeviceSetupException(
            [$"{setup.Id}: profile: is missing; expected {Helper}, {Aeris}, {SerialLine} or an I/O module ({string.Join(", ", IoModuleLibrary.Shipped)}, or the path of a .json file)"]),
        Helper => new XrdTriggerOptions { Kind = TriggerWireKind.Helper, Address = Of(TcpAddress.Read(connection, HelperPort)) },
        Aeris => new XrdTriggerOptions { Kind = TriggerWireKind.Aeris, Address = Of(TcpAddress.Read(connection, AerisPort)), Aeris = ReadAeris(settings) },
        SerialLine => new XrdTriggerOptions
        {
            Kind = TriggerWireKind.SerialLine,
            Address = Of(WireAddress.Read(connection, ModbusPort, new SerialSettings(Rts: false, Dtr: false))),
            Lines = ReadLines(connection, settings),
        },
        string map => new XrdTriggerOptions
        {
            Kind = TriggerWireKind.Contacts,
            Address = Of(WireAddress.Read(connection, ModbusPort, new SerialSettings(RelayModuleBaud))),
            Contacts = ReadContacts(IoModuleLibrary.Load(map), connection, settings, reply),
        },
    };

    /// <summary>An address that could not be read has left its error; the options are not used then.</summary>
    private static Uri Of(Uri? address) => address ?? new Uri("tcp://none:1");

    private static ContactSettings ReadContacts(IoModuleMap map, SettingsReader connection, SettingsReader settings, TimeSpan reply)
    {
        int output = settings.Integer("output", 0, 0, map.Outputs.Count - 1);
        var contacts = new ContactSettings(
            map,
            (byte)connection.Integer("unit", 1, 0, 247),
            new ModbusLineSettings
            {
                Codec = WireAddress.ModbusCodec(settings),
                ReplyTimeout = reply,
                Framing = settings.Word("framing", ModbusFraming.ByAddress, ("by-address", ModbusFraming.ByAddress), ("rtu", ModbusFraming.Rtu)),
            },
            output,
            Input(settings, "busy_input", map),
            Input(settings, "ready_input", map),
            Input(settings, "fault_input", map),
            settings.Flag("inputs_active_low", otherwise: false),
            settings.Integer("address_offset", 0, -1, 1),
            settings.Seconds("watchdog_s", 3, 2.5, 60));
        int?[] used = [contacts.Busy, contacts.Ready, contacts.Fault];
        if (used.OfType<int>().GroupBy(i => i).Any(g => g.Count() > 1))
        {
            settings.Fail("busy_input", "busy, ready and fault are different inputs");
        }

        return contacts;
    }

    private static int? Input(SettingsReader settings, string name, IoModuleMap map)
    {
        if (settings.Text(name) is null)
        {
            return null;
        }

        if (map.Inputs is null)
        {
            settings.Fail(name, $"{map.Title} has no inputs");
            return null;
        }

        return settings.Integer(name, 0, 0, Math.Min(map.Inputs.Count, MostInputs) - 1);
    }

    private static SerialTriggerLines ReadLines(SettingsReader connection, SettingsReader settings)
    {
        if (connection.Text("kind") is not ("serial" or "rfc2217"))
        {
            connection.Fail("kind", "lines of a serial port need kind serial, or rfc2217 for a device server");
        }

        return new SerialTriggerLines(
            settings.Word("line", SerialOutputLine.Rts, ("rts", SerialOutputLine.Rts), ("dtr", SerialOutputLine.Dtr)),
            settings.Word(
                "busy_line", (SerialInputLine?)null, ("cts", SerialInputLine.Cts), ("dsr", SerialInputLine.Dsr), ("dcd", SerialInputLine.Dcd)),
            settings.Seconds("settle_s", 2, 0, 60));
    }

    private static AerisSettings ReadAeris(SettingsReader settings)
    {
        string application = settings.RequiredText("application", "the measuring program on the instrument");
        string location = settings.Text("location") ?? "0,2";
        foreach ((string name, string value) in new[] { ("application", application), ("location", location) })
        {
            if (value.Contains('@', StringComparison.Ordinal) || value.Contains('=', StringComparison.Ordinal))
            {
                settings.Fail(name, $"'{value}' may have no '@' and no '='");
            }
        }

        return new AerisSettings(application, location);
    }
}
