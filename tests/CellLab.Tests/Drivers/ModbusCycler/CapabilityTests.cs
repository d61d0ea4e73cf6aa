using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.ModbusCycler;
using Microsoft.Extensions.Configuration;

namespace CellLab.Tests.Drivers.ModbusCycler;

public sealed class CapabilityTests
{
    [Fact]
    public void The_plate_of_the_device_comes_from_its_settings()
    {
        ChannelCapability channel = Of(("settings:current_ranges_ma:0", "6000"), ("settings:max_voltage_v", "60"), ("settings:min_voltage_v", "0"));

        Assert.True(channel.SteppedByService);
        Assert.Equal(6, channel.MaxAmperes);
        Assert.Equal((0, 60), (channel.MinVolts, channel.MaxVolts));
    }

    [Fact]
    public void What_the_settings_do_not_say_is_not_known() => Assert.Null(Of().MaxAmperes);

    private static ChannelCapability Of(params (string Key, string Value)[] members)
    {
        IConfigurationSection device = new ConfigurationBuilder()
            .AddInMemoryCollection(members.Append(("id", "supply")).Select(member => KeyValuePair.Create("d:" + member.Item1, (string?)member.Item2)))
            .Build().GetSection("d");
        return new ModbusCyclerModule().CapabilityOf(DeviceSetup.From(device), "1");
    }
}
