using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.SrsRga;

namespace CellLab.Tests.HardwareSim.SrsRga;

public sealed class RgaHeadModelTests
{
    private readonly RgaHeadModel _head = new(
        new RgaSimSettings { DeviceId = "rga1" }, new IonSource(new GasPath(null, new CarrierFlow(), () => 0), 1));

    [Theory]
    [InlineData("ID?", "SRSRGA200VER0.24SN10023")]
    [InlineData("id?", "SRSRGA200VER0.24SN10023")]
    [InlineData("FL?", "0")]
    [InlineData("HV?", "0")]
    [InlineData("NF?", "4")]
    [InlineData("MF?", "200")]
    [InlineData("AP?", "1991")]
    [InlineData("HP?", "200")]
    [InlineData("MO?", "1")]
    [InlineData("ER?", "0")]
    public void At_power_on_it_answers(string command, string answer) => Assert.Equal(answer, _head.Execute(command).Text);

    [Theory]
    [InlineData("XX", 0)]
    [InlineData("NF9", 1)]
    [InlineData("NF1.5", 1)]
    [InlineData("SA9", 1)]
    [InlineData("FL4", 1)]
    [InlineData("THISCOMMANDISMUCHTOOLONG", 2)]
    [InlineData("DI120", 5)]
    [InlineData("MF0", 1)]
    public void A_wrong_command_answers_nothing_and_sets_its_bit(string command, int bit)
    {
        RgaAnswer answer = _head.Execute(command);

        Assert.Equal(RgaAnswer.Silent, answer);
        Assert.Equal("1", _head.Execute("ER?").Text);
        Assert.Equal($"{1 << bit}", _head.Execute("EC?").Text);
        Assert.Equal("0", _head.Execute("ER?").Text);
    }

    [Fact]
    public void A_first_mass_above_the_last_is_a_conflict()
    {
        _head.Execute("MF50");
        _head.Execute("MI60");

        Assert.Equal("1", _head.Execute("MI?").Text);
        Assert.Equal("64", _head.Execute("EC?").Text);
    }

    [Fact]
    public void A_trip_switches_the_multiplier_off_and_its_bit_stays_until_emission_is_back()
    {
        _head.Execute("FL1.00");
        _head.Execute("HV1400");
        _head.Trip(filamentBit: 5);

        Assert.Equal("0", _head.Execute("HV?").Text);
        Assert.Equal("32", _head.Execute("EF?").Text);
        Assert.Equal("32", _head.Execute("EF?").Text);
        _head.Execute("FL1.00");
        Assert.Equal("0", _head.Execute("EF?").Text);
    }

    [Fact]
    public void The_total_ion_current_is_zero_with_the_multiplier_on()
    {
        _head.Execute("FL1.00");
        int faraday = _head.Word(0, null, 0.1);
        _head.Execute("HV1400");

        Assert.Equal(1_000_000_000, faraday); // ST 10 mA/Torr at 1e-5 Torr
        Assert.Equal(0, _head.Word(0, null, 0.1));
    }

    [Fact]
    public void Argon_40_is_beyond_the_range_of_the_multiplier_and_36_is_not()
    {
        _head.Execute("FL1.00");
        _head.Execute("HV1400");

        Assert.Equal(int.MaxValue, _head.Word(0, 40, 0.163));
        Assert.InRange(_head.Word(0, 36, 0.163), 33_000_000, 34_000_000);
    }
}
