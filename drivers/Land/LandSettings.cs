using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.Land;

/// <summary>Reads <see cref="LandOptions"/> from <c>connection</c> and <c>settings</c> of a device.</summary>
internal static class LandSettings
{
    private const string ChannelWord = "{channel}";
    private const double MaxMilliamperes = 1e6;
    private const double MaxVolts = 1000;

    private static readonly string[] s_kinds = [StepNames.OpenCircuit, StepNames.ConstantCurrent, StepNames.ConstantVoltage, StepNames.Loop];

    /// <exception cref="DeviceSetupException">Every wrong setting with its path.</exception>
    public static LandOptions Read(DeviceSetup setup)
    {
        var errors = new List<string>();
        var connection = new SettingsReader(setup.Connection, errors);
        var settings = new SettingsReader(setup.Settings, errors);
        TimeSpan shortest = TimeSpan.FromSeconds(0.1);
        TimeSpan poll = settings.Seconds("poll_interval_s", 5, shortest.TotalSeconds, 3600);
        var options = new LandOptions
        {
            Folder = Folder(connection),
            Channels = ChannelsOf(settings),
            FilePattern = Pattern(settings),
            PollInterval = poll,
            Quiet = settings.Seconds("quiet_s", 600, 1, 86400),
            StartsWhenSeen = setup.Simulated || settings.Word("start_time", false, ("created", false), ("first-seen", true)),
            FirstStepNumber = settings.Integer("first_step_number", 1, 0, 1),
            Plate = Plate(settings) with { RecordPollInterval = poll },
        };
        _ = settings.Text("start_time"); // known also where a simulated device passes it over
        connection.RefuseUnknown();
        settings.RefuseUnknown();
        return errors.Count == 0 ? options : throw new DeviceSetupException(errors);
    }

    /// <summary>The settings that stand on a channel's plate.</summary>
    public static ChannelCapability Plate(SettingsReader settings) => new()
    {
        CurrentRangesAmperes = [.. settings.Numbers("current_ranges_ma", MaxMilliamperes).Select(milliamperes => milliamperes * 1e-3)],
        MaxVolts = settings.Number("max_voltage_v", -MaxVolts, MaxVolts),
        MinVolts = settings.Number("min_voltage_v", -MaxVolts, MaxVolts),
        StepKinds = s_kinds,
    };

    private static string Folder(SettingsReader connection)
    {
        string kind = connection.Text("kind") ?? "folder";
        if (kind != "folder")
        {
            connection.Fail("kind", $"this tester is followed by its data files; expected folder, found '{kind}'");
        }

        return connection.RequiredText("path", "the folder in which the vendor's monitor program writes its .ccs files");
    }

    private static IReadOnlyList<string> ChannelsOf(SettingsReader settings)
    {
        IReadOnlyList<string> channels = settings.List("channels");
        if (channels.Count == 0)
        {
            settings.Fail("channels", "is missing; expected the names of the channels as they stand in the file names, for example [\"1-1\", \"1-2\"]");
        }

        if (channels.Any(name => name.Length == 0 || name.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))))
        {
            settings.Fail("channels", "names may have letters, digits, '-' and '_' only");
        }

        if (channels.Distinct(StringComparer.OrdinalIgnoreCase).Count() != channels.Count)
        {
            settings.Fail("channels", "two channels have the same name");
        }

        return channels;
    }

    private static string Pattern(SettingsReader settings)
    {
        string pattern = (settings.Text("file_pattern") ?? ChannelWord + "_*.ccs").Replace('\\', '/');
        if (pattern.Split(ChannelWord).Length != 2 || !pattern.EndsWith(".ccs", StringComparison.OrdinalIgnoreCase) || pattern.StartsWith('/'))
        {
            settings.Fail("file_pattern", $"expected a path below the folder with {ChannelWord} in it once and .ccs at its end, for example {ChannelWord}_*.ccs, found '{pattern}'");
        }

        return pattern;
    }
}
