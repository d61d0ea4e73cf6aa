using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.PrismaPro;

/// <summary>Reads <see cref="PrismaProOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class PrismaProSettings
{
    private const int DefaultPort = 80;

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static PrismaProOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        Uri? address = TcpAddress.Read(connection, DefaultPort);
        var options = new PrismaProOptions
        {
            Address = address ?? new Uri("tcp://localhost"),
            Channel = settings.Text("channel") ?? "gas",
            Multiplier = settings.Flag("multiplier", true),
            DwellSeconds = settings.Seconds("dwell_s", 0.256, 0.001, 60).TotalSeconds,
            ForceControl = settings.Flag("force_control", false),
            ReplyTimeout = settings.Seconds("reply_timeout_s", 10, 0.5, 120),
            HighestPressurePascals = settings.Number("highest_pressure_pa", 1e-6, 1e-2) ?? PrismaProOptions.UsualHighestPressurePascals,
            EmissionTimeout = settings.Seconds("emission_timeout_s", 30, 1, 300),
        };
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }
}
