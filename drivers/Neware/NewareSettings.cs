using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.Neware;

/// <summary>Reads <see cref="NewareOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class NewareSettings
{
    private const int DefaultPort = 502;

    /// <summary>Seconds. A BTS does not tell anything fresher than that (vendor's text); a simulated one does.</summary>
    private const double ShortestPoll = 5;

    private const double ShortestSimulatedPoll = 0.1;

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static NewareOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        Uri? address = TcpAddress.Read(connection, DefaultPort);
        NewareCapability.Plate(settings); // names what is wrong in it
        NewareOptions options = ReadSettings(settings, address ?? new Uri("tcp://localhost"), ShortestPollOf(setup.Simulated)) with
        {
            User = connection.Text("user") ?? "",
            Password = connection.Text("password") ?? "",
        };
        if (options.SendConnect && options.User.Length == 0)
        {
            connection.Fail("user", "is missing; give the account of the BTS client, or set settings.send_connect to false");
        }

        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }

    internal static double ShortestPollOf(bool simulated) => simulated ? ShortestSimulatedPoll : ShortestPoll;

    internal static TimeSpan CountIntervalOf(SettingsReader settings, double shortestPoll) => settings.Seconds("count_interval_s", 10, shortestPoll, 60);

    private static NewareOptions ReadSettings(SettingsReader settings, Uri address, double shortestPoll) => new()
    {
        Address = address,
        StepFileFolder = settings.RequiredText("step_file_folder", "the folder step files are written to"),
        StepFileFolderOnBts = settings.RequiredText("step_file_folder_on_bts", @"what that folder is called on the BTS PC, for example Z:\steps"),
        TimeZone = ReadTimeZone(settings),
        Units = ReadUnits(settings),
        SendConnect = settings.Flag("send_connect", true),
        Channels = ReadChannels(settings),
        DeviceType = settings.Text("devtype") is null ? null : settings.Integer("devtype", 0, 1, 255),
        IdleStates = settings.List("idle_states"),
        InquireInterval = settings.Seconds("inquire_interval_s", 5, shortestPoll, 60),
        CountInterval = CountIntervalOf(settings, shortestPoll),
        StepLayerInterval = settings.Seconds("step_layer_interval_s", 600, 60, 86400),
        DeviceListInterval = settings.Seconds("device_list_interval_s", 600, 60, 86400),
        ReplyTimeout = settings.Seconds("reply_timeout_s", 30, 0.5, 120),
        ConfirmTimeout = settings.Seconds("confirm_timeout_s", 10, 1, 60),
        PauseTimeout = settings.Seconds("pause_timeout_s", 30, 1, 120),
    };

    private static TimeZoneInfo ReadTimeZone(SettingsReader settings)
    {
        string name = settings.RequiredText("time_zone", "the IANA time zone of the BTS PC's clock, for example Europe/Zurich");
        if (name.Length == 0)
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) && zone.HasIanaId)
        {
            return zone;
        }

        settings.Fail("time_zone", $"'{name}' is not an IANA time zone known on this machine; expected for example Europe/Zurich (package tzdata)");
        return TimeZoneInfo.Utc;
    }

    private static NewareUnits ReadUnits(SettingsReader settings)
    {
        switch (settings.Text("units"))
        {
            case null or "A":
                return NewareUnits.Amperes;
            case "mA":
                return NewareUnits.Milliamperes;
            case string other:
                settings.Fail("units", $"expected A or mA, found '{other}'");
                return NewareUnits.Amperes;
        }
    }

    private static List<NewareChannelName> ReadChannels(SettingsReader settings)
    {
        var names = new List<NewareChannelName>();
        foreach (string text in settings.List("channels"))
        {
            if (!NewareChannelName.TryParse(text, out NewareChannelName name))
            {
                settings.Fail("channels", $"'{text}' is not a channel; expected devid-subdevid-chlid, for example 21-1-4");
            }
            else if (names.Contains(name))
            {
                settings.Fail("channels", $"{text} is given twice");
            }
            else
            {
                names.Add(name);
            }
        }

        return names;
    }
}
