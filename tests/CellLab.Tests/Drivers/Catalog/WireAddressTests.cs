using CellLab.Drivers.Catalog;
using CellLab.Transport.Serial;
using Microsoft.Extensions.Configuration;

namespace CellLab.Tests.Drivers.Catalog;

public sealed class WireAddressTests
{
    private static readonly SerialSettings s_usual = new(115200, StopBits: 2);

    [Fact]
    public void A_serial_connection_takes_the_usual_settings_of_the_instrument_where_none_are_given()
    {
        (Uri? address, List<string> errors) = Read(("kind", "serial"), ("path", "/dev/ttyUSB0"), ("parity", "even"));

        Assert.Empty(errors);
        Assert.Equal(s_usual with { Parity = SerialParity.Even }, SerialSettings.Of(address!));
    }

    [Fact]
    public void A_tcp_connection_takes_the_usual_port()
    {
        (Uri? address, List<string> errors) = Read(("kind", "tcp"), ("host", "10.0.0.7"));

        Assert.Empty(errors);
        Assert.Equal(new Uri("tcp://10.0.0.7:502"), address);
    }

    [Fact]
    public void A_port_of_a_device_server_has_host_port_and_the_settings_of_a_line()
    {
        (Uri? address, List<string> errors) = Read(("kind", "rfc2217"), ("host", "moxa-1"), ("port", "4001"), ("baud", "19200"));

        Assert.Empty(errors);
        Assert.Equal(new Uri("rfc2217://moxa-1:4001?baud=19200&stop=2"), address);
        Assert.Equal(s_usual with { Baud = 19200 }, SerialSettings.Of(address!));
    }

    [Theory]
    [InlineData("kind", "usb", "tcp, serial or rfc2217")]
    [InlineData("path", "ttyUSB0", "full path")]
    [InlineData("parity", "mark", "none, even, odd")]
    [InlineData("baud", "fast", "50")]
    public void A_wrong_member_is_named_with_what_was_expected(string member, string value, string expected)
    {
        (_, List<string> errors) = Read([("kind", "serial"), ("path", "/dev/ttyUSB0"), (member, value)]);

        string error = Assert.Single(errors);
        Assert.StartsWith($"devices[0].connection.{member}", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static (Uri? Address, List<string> Errors) Read(params (string Name, string Value)[] members)
    {
        var values = new Dictionary<string, string?>();
        foreach ((string name, string value) in members)
        {
            values[$"devices:0:connection:{name}"] = value;
        }

        var errors = new List<string>();
        IConfigurationSection section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("devices:0:connection");
        return (WireAddress.Read(new SettingsReader(section, errors), 502, s_usual), errors);
    }
}
