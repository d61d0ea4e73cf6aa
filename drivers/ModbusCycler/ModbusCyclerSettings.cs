using CellLab.Drivers.Catalog;
using CellLab.Drivers.ModbusCycler.Profiles;
using CellLab.Transport.Modbus;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>Reads <see cref="ModbusCyclerOptions"/> from <c>profile</c>, <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class ModbusCyclerSettings
{
    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static ModbusCyclerOptions Read(DeviceSetup setup)
    {
        ModbusProfile profile = ProfileLibrary.Load(setup.Profile ?? throw new DeviceSetupException(
            [$"{setup.Connection.Path.Replace(":connection", "", StringComparison.Ordinal)}.profile: is missing; expected the name of a register map, one of {string.Join(", ", ProfileLibrary.Shipped)}"]));
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        SettingsReader? second = settings.Section("sink_connection");
        ModbusCyclerCapability.Plate(settings); // names what is wrong in it
        List<ModbusSideOptions> sides = profile.Composite is ProfilePair pair
            ? Composite(pair, connection, second, settings, setup.Simulated)
            : [.. One(profile, connection, settings, setup.Simulated)];
        if (profile.Composite is null && second is not null)
        {
            settings.Fail("sink_connection", $"map {profile.Name} has one unit; a second connection goes with a composite map");
        }

        connection.RefuseUnknown();
        second?.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? new ModbusCyclerOptions { Sides = sides } : throw new DeviceSetupException(errors);
    }

    private static List<ModbusSideOptions> Composite(
        ProfilePair pair, SettingsReader connection, SettingsReader? second, SettingsReader settings, bool simulated)
    {
        (ModbusProfile source, ModbusProfile sink) = (ProfileLibrary.Load(pair.Source), ProfileLibrary.Load(pair.Sink));
        if (!source.Sources || !sink.Sinks)
        {
            throw new DeviceSetupException([$"profile: {pair.Source} must be able to charge and {pair.Sink} to discharge"]);
        }

        if (second is null)
        {
            settings.Fail("sink_connection", "is missing; expected how the load is reached (kind, path or host, unit)");
            return [];
        }

        return [.. One(source, connection, settings, simulated), .. One(sink, second, settings, simulated)];
    }

    private static IEnumerable<ModbusSideOptions> One(ModbusProfile profile, SettingsReader connection, SettingsReader settings, bool simulated)
    {
        ProfileTransport usual = profile.Transport!;
        SerialParity parity = usual.Parity switch { "even" => SerialParity.Even, "odd" => SerialParity.Odd, _ => SerialParity.None };
        Uri? address = WireAddress.Read(connection, usual.TcpPort, new SerialSettings(usual.Baud, Parity: parity, StopBits: usual.StopBits));
        int unit = connection.Integer("unit", usual.Unit, 0, 255);
        var line = new ModbusLineSettings
        {
            Framing = settings.Word(
                "framing", usual.Framing, ("by_address", ModbusFraming.ByAddress), ("rtu", ModbusFraming.Rtu), ("tcp", ModbusFraming.Tcp)),
            Codec = WireAddress.ModbusCodec(settings),
            ReplyTimeout = settings.Seconds("reply_timeout_s", usual.TimeoutMs * 1e-3, 0.05, 60),
            ReadRetries = settings.Integer("read_retries", usual.Retries, 0, 10),
            MinimumPause = settings.Seconds("pause_s", simulated ? 0 : usual.PauseMs * 1e-3, 0, 10), // a simulated one is never slow of itself
        };
        return address is null ? [] : [new ModbusSideOptions(profile, address, (byte)unit, line)];
    }
}
