using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.Neware;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string?> s_sound = new()
    {
        ["devices:0:id"] = "cycler1",
        ["devices:0:driver"] = "Neware",
        ["devices:0:connection:kind"] = "tcp",
        ["devices:0:connection:host"] = "192.168.1.20",
        ["devices:0:connection:user"] = "admin",
        ["devices:0:connection:password"] = "secret",
        ["devices:0:settings:step_file_folder"] = "/srv/steps",
        ["devices:0:settings:step_file_folder_on_bts"] = @"Z:\steps",
        ["devices:0:settings:time_zone"] = "Europe/Zurich",
    };

    [Fact]
    public async Task A_device_is_made_of_sound_settings_without_opening_anything()
    {
        await using var device = Create(s_sound);

        Assert.Equal("cycler1", device.Id.Value);
    }

    [Theory]
    [InlineData("connection:host", "", "devices[0].connection.host: is missing")]
    [InlineData("connection:host", "not a host", "devices[0].connection.host: 'not a host'")]
    [InlineData("connection:port", "70000", "devices[0].connection.port: expected a whole number from 1 to 65535, found '70000'")]
    [InlineData("connection:kind", "serial", "devices[0].connection.kind: this instrument is reached over tcp, found 'serial'")]
    [InlineData("connection:user", "", "devices[0].connection.user: is missing")]
    [InlineData("connection:baud", "9600", "devices[0].connection.baud: is not a setting")]
    [InlineData("settings:time_zone", "", "devices[0].settings.time_zone: is missing; expected the IANA time zone")]
    [InlineData("settings:time_zone", "Mars/Olympus", "devices[0].settings.time_zone: 'Mars/Olympus' is not an IANA time zone")]
    [InlineData("settings:step_file_folder", "", "devices[0].settings.step_file_folder: is missing")]
    [InlineData("settings:step_file_folder_on_bts", "", "devices[0].settings.step_file_folder_on_bts: is missing")]
    [InlineData("settings:units", "ma", "devices[0].settings.units: expected A or mA, found 'ma'")]
    [InlineData("settings:send_connect", "yes", "devices[0].settings.send_connect: expected true or false, found 'yes'")]
    [InlineData("settings:count_interval_s", "1", "devices[0].settings.count_interval_s: expected seconds from 5 to 60, found '1'")]
    [InlineData("settings:current_ranges_ma:0", "-1", "devices[0].settings.current_ranges_ma: expected a number from above 0 to 1000000, found '-1'")]
    [InlineData("settings:max_voltage_v", "5 V", "devices[0].settings.max_voltage_v: expected a number from -1000 to 1000, found '5 V'")]
    [InlineData("settings:channels:0", "21/1/4", "devices[0].settings.channels: '21/1/4' is not a channel")]
    [InlineData("settings:stepfile_folder", "x", "devices[0].settings.stepfile_folder: is not a setting of this driver; did you mean 'step_file_folder'? known are")]
    public void A_wrong_setting_is_named_by_its_path_with_what_was_expected(string key, string value, string expected)
    {
        var settings = new Dictionary<string, string?>(s_sound) { [$"devices:0:{key}"] = value };

        var fault = Assert.Throws<DeviceSetupException>(() => Create(settings));

        Assert.StartsWith(expected, Assert.Single(fault.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_settings_are_told_at_once()
    {
        var fault = Assert.Throws<DeviceSetupException>(() => Create(new() { ["devices:0:driver"] = "Neware" }));

        Assert.Equal(5, fault.Errors.Count);
    }

    [Fact]
    public void An_unknown_driver_is_answered_with_those_that_exist()
    {
        var fault = Assert.Throws<DeviceSetupException>(() => DriverCatalog.Find("Newer", "devices[2].driver"));

        Assert.StartsWith("devices[2].driver: there is no driver 'Newer'; expected one of ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(DriverCatalog.Modules[^1].Name, fault.Message, StringComparison.Ordinal);
    }

    private static CellLab.Core.Devices.IDevice Create(Dictionary<string, string?> settings)
    {
        IConfigurationSection section = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("devices:0");
        return DriverCatalog.Find(section["driver"]!, "devices[0].driver").Create(DeviceSetup.From(section), Clocks.RealTime, NullLoggerFactory.Instance);
    }
}
