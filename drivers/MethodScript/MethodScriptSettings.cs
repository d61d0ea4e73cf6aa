using CellLab.Drivers.Catalog;
using CellLab.Transport.Serial;

namespace CellLab.Drivers.MethodScript;

/// <summary>Reads <see cref="MethodScriptOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class MethodScriptSettings
{
    /// <summary>Nothing is published about the port of a Nexus: it must be given.</summary>
    private const int NoDefaultPort = 0;

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static MethodScriptOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        Uri? address = WireAddress.Read(connection, NoDefaultPort, new SerialSettings(921600));
        if (address is { Scheme: "tcp", Port: <= 0 })
        {
            connection.Fail("port", "is missing; expected the TCP port of the instrument");
        }

        MethodScriptModel model = ModelOf(settings);
        var options = new MethodScriptOptions
        {
            Address = address ?? new Uri("tcp://localhost"),
            Model = model,
            IdentityType = settings.Text("identity_type") ?? model.IdentityType,
            PotentiostatMode = settings.Integer("potentiostat_mode", 3, 1, 99),
            GalvanostatMode = settings.Integer("galvanostat_mode", 6, 1, 99),
            CurrentSign = settings.Word("current_sign", 1, ("positive-charges", 1), ("negative-charges", -1)),
            CheckInterval = settings.Seconds("check_interval_s", 1, 0.05, 60),
            PollInterval = settings.Seconds("poll_interval_s", 2, 0.1, 60),
            ReplyTimeout = settings.Seconds("reply_timeout_s", 5, 0.5, 60),
            ConfirmTimeout = settings.Seconds("confirm_timeout_s", 10, 1, 600),
            SilenceMargin = settings.Seconds("silence_margin_s", 30, 1, 600),
            DeafTime = settings.Seconds("deaf_time_s", 0.15, 0, 5),
        };
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }

    public static MethodScriptModel ModelOf(SettingsReader settings)
    {
        string name = settings.RequiredText("model", $"one of {string.Join(", ", MethodScriptModel.All.Select(m => m.Name))}");
        MethodScriptModel? model = MethodScriptModel.All.FirstOrDefault(m => m.Name == name);
        if (model is null && name.Length > 0)
        {
            settings.Fail("model", $"expected one of {string.Join(", ", MethodScriptModel.All.Select(m => m.Name))}, found '{name}'");
        }

        return model ?? MethodScriptModel.All[0];
    }
}
