using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;

namespace CellLab.Tests.Drivers.Catalog;

public sealed class WiringHintsTests
{
    private static readonly DeviceId Device = new("cycler1");

    [Theory]
    [InlineData(-3.1, "reversed")]
    [InlineData(-0.01, "a lead is open")]
    [InlineData(0.02, "a lead is open")]
    [InlineData(7.5, "a sense lead is open")]
    public void A_voltage_at_rest_that_no_cell_has_is_told_with_its_channel(double volts, string said)
    {
        string hint = Assert.Single(WiringHints.Of([Status("1", ChannelState.Idle, volts), Status("2", ChannelState.Idle, 3.1)]));

        Assert.Contains(said, hint, StringComparison.Ordinal);
        Assert.Contains("cycler1.1 ", hint, StringComparison.Ordinal);
        Assert.DoesNotContain("cycler1.2", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChannelState.Running, 0.0)]
    [InlineData(ChannelState.Idle, 0.1)]
    [InlineData(ChannelState.Idle, 5.1)]
    [InlineData(ChannelState.Finished, null)]
    public void A_cell_under_current_a_plausible_voltage_and_none_are_passed_over(ChannelState state, double? volts) =>
        Assert.Empty(WiringHints.Of([Status("1", state, volts)]));

    [Fact]
    public void Channels_with_the_same_doubt_share_a_sentence() =>
        Assert.EndsWith("cycler1.1 0.000 V, cycler1.2 0.010 V", Assert.Single(WiringHints.Of([Status("1", ChannelState.Idle, 0), Status("2", ChannelState.Idle, 0.01)])), StringComparison.Ordinal);

    [Fact]
    public void Noise_is_the_standard_deviation_of_a_sample()
    {
        Assert.Equal(0, ReadingNoise.StandardDeviation([3.1]));
        Assert.Equal(1, ReadingNoise.StandardDeviation([1, 2, 3]), 12);
        Assert.StartsWith("voltage noise 1 mV (standard deviation of 3 readings", ReadingNoise.Finding([3.001, 3.002, 3.003]), StringComparison.Ordinal);
    }

    private static ChannelStatus Status(string channel, ChannelState state, double? volts) =>
        new(new ChannelAddress(Device, channel), state, $"{state}", DateTimeOffset.UnixEpoch, volts, 0);
}
