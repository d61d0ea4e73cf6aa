using CellLab.Core.Protocols;

namespace CellLab.Tests.Core.Protocols;

public sealed class RateTextTests
{
    [Theory]
    [InlineData("0.05", 0.05)]
    [InlineData(" 2 ", 2)]
    [InlineData("-1e-1", -0.1)]
    [InlineData("1/5", 0.2)]
    [InlineData("C/5", 0.2)]
    [InlineData("D/2", -0.5)]
    [InlineData("3D/3", -1)]
    [InlineData("C5/25", 0.2)]
    [InlineData("1.23e3 C / 1.23e4", 0.1)]
    [InlineData(" C / 1 0 ", 0.1)]
    [InlineData("-1/2", -0.5)]
    public void A_rate_is_a_number_or_a_fraction(string text, double expected)
    {
        Assert.True(RateText.TryParse(text, out double rate));
        Assert.Equal(expected, rate, 12);
    }

    [Theory]
    [InlineData("0.5C")]
    [InlineData("C")]
    [InlineData("1/2/3")]
    [InlineData("1/C5")]
    [InlineData("CC/5")]
    [InlineData("CD/5")]
    [InlineData("c/5")]
    [InlineData(" 1 . 0 ")]
    [InlineData("C/0")]
    [InlineData("1/")]
    [InlineData("/5")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.False(RateText.TryParse(text, out _));
}
