using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.Autolab;

/// <summary>Reads <see cref="AutolabOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class AutolabSettings
{
    private const int BridgePort = 8079;

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static AutolabOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        Uri? address = TcpAddress.Read(connection, BridgePort);
        var options = new AutolabOptions
        {
            Address = address ?? new Uri("tcp://localhost"),
            HardwareSetup = settings.RequiredText("hardware_setup", "the XML file of the model in the SDK's folder 'Hardware Setup Files', on the bridge's machine"),
            Adk = settings.RequiredText("adk", "the file Adk.x in the SDK's folder 'Hardware Setup Files', on the bridge's machine"),
            Bandwidth = settings.Word(
                "bandwidth", "High_Stability", ("high-stability", "High_Stability"), ("high-speed", "High_Speed"), ("ultra-high-speed", "Ultra_High_Speed")),
            CurrentSign = settings.Word("current_sign", 1, ("positive-charges", 1), ("negative-charges", -1)),
            ImaginarySign = settings.Word("imaginary_sign", 1, ("negative-for-capacitors", 1), ("positive-for-capacitors", -1)),
            CheckInterval = settings.Seconds("check_interval_s", 1, 0.05, 60),
            PollInterval = settings.Seconds("poll_interval_s", 2, 0.1, 60),
            ReplyTimeout = settings.Seconds("reply_timeout_s", 5, 0.5, 60),
            ConnectTimeout = settings.Seconds("connect_timeout_s", 60, 1, 600),
            ConfirmTimeout = settings.Seconds("confirm_timeout_s", 15, 1, 600),
            AliveTimeout = settings.Seconds("alive_timeout_s", 10, 2, 600),
        };
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }
}
