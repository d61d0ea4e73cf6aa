using CellLab.Transport;
using CellLab.Transport.Serial;

namespace CellLab.Tests.Transport.Serial;

public sealed class SerialSettingsTests
{
    [Fact]
    public void An_address_carries_every_setting_there_and_back()
    {
        var settings = new SerialSettings(28800, 7, SerialParity.Odd, 2, SerialFlow.RtsCts, Rts: false, Dtr: false);

        Uri address = settings.At("/dev/serial/by-id/usb adapter?1");

        Assert.Equal(settings, SerialSettings.Of(address));
        Assert.Equal("/dev/serial/by-id/usb adapter?1", address.LocalPath);
    }

    [Fact]
    public void What_is_usual_is_left_out() =>
        Assert.Equal("serial:///dev/ttyUSB0?baud=9600", new SerialSettings().At("/dev/ttyUSB0").ToString());

    [Fact]
    public void A_character_counts_its_start_and_stop_bits()
    {
        Assert.Equal(10, new SerialSettings().BitsPerCharacter);
        Assert.Equal(12, new SerialSettings(Parity: SerialParity.Even, StopBits: 2).BitsPerCharacter);
    }

    [Theory]
    [InlineData("baud=fast", "baud")]
    [InlineData("baud=49", "50")]
    [InlineData("parity=mark", "none, even, odd")]
    [InlineData("flow=some", "rts-cts")]
    [InlineData("stop=3", "stop")]
    [InlineData("dtr=yes", "on or off")]
    [InlineData("speed=9600", "speed")]
    public void A_wrong_setting_is_named_with_what_was_expected(string query, string named)
    {
        var fault = Assert.Throws<TransportException>(() => SerialSettings.Of(new Uri($"serial:///dev/ttyUSB0?{query}")));

        Assert.Equal(TransportFault.BadAddress, fault.Fault);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }
}
