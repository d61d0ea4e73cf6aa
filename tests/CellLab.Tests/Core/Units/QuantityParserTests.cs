using CellLab.Core.Units;

namespace CellLab.Tests.Core.Units;

public sealed class QuantityParserTests
{
    [Theory]
    [InlineData("15.1mg", 15.1)]
    [InlineData(" 2 g ", 2000)]
    [InlineData("2000ug", 2)]
    [InlineData("2000 µg", 2)]
    [InlineData("1e-3g", 1)]
    [InlineData("2.mg", 2)]
    public void Masses_are_read_to_milligrams(string text, double expected) => Assert.Equal(expected, QuantityParser.Milligrams(text), 9);

    [Theory]
    [InlineData("15.1", "'15.1' has no unit; expected a mass with its unit (ug, mg, g), for example 15.1mg")]
    [InlineData("15,1mg", "'15,1mg' is not a mass with its unit (ug, mg, g), for example 15.1mg; write a point for the decimals")]
    [InlineData("15 mm", "'15 mm' has the unit 'mm'; expected a mass with its unit (ug, mg, g), for example 15.1mg")]
    [InlineData("heavy", "'heavy' is not a mass with its unit (ug, mg, g), for example 15.1mg")]
    [InlineData("", "'' is not a mass with its unit (ug, mg, g), for example 15.1mg")]
    public void A_mass_that_is_none_is_refused_with_what_was_expected(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => QuantityParser.Milligrams(text)).Message);

    [Theory]
    [InlineData("2.5-3.6V", 2.5, 3.6)]
    [InlineData("2500 mV - 3.6 V", 2.5, 3.6)]
    [InlineData("-0.1-0.2V", -0.1, 0.2)]
    public void Voltage_ranges_run_from_low_to_high(string text, double low, double high) =>
        Assert.Equal((low, high), QuantityParser.VoltRange(text));

    [Theory]
    [InlineData("3.6-2.5V")]
    [InlineData("3.6V")]
    [InlineData("2.5-3.6")]
    [InlineData("-")]
    public void A_voltage_range_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => QuantityParser.VoltRange(text));

    [Fact]
    public void A_capacity_is_per_gram_or_of_the_cell()
    {
        Assert.Equal(new CapacityQuantity(250, null), QuantityParser.Capacity("250mAh/g"));
        Assert.Equal(new CapacityQuantity(null, 3), QuantityParser.Capacity("3 mAh"));
        Assert.Equal(250, QuantityParser.Capacity("0.5mAh").PerGram(2.0), 9);
        Assert.Throws<FormatException>(() => QuantityParser.Capacity("250mA"));
        Assert.Throws<FormatException>(() => QuantityParser.Capacity("250"));
    }

    [Fact]
    public void A_share_is_above_0_and_at_most_1()
    {
        Assert.Equal(0.8, QuantityParser.Fraction("0.80"));
        Assert.Equal(0.8, QuantityParser.Fraction("80 %"), 12);
        Assert.Throws<FormatException>(() => QuantityParser.Fraction("80"));
        Assert.Throws<FormatException>(() => QuantityParser.Fraction("0"));
    }
}
