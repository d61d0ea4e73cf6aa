using CellLab.Cli.Text;

namespace CellLab.Tests.Cli;

public sealed class TextTests
{
    [Fact]
    public void A_table_keeps_columns_aligned_and_numbers_to_the_right()
    {
        var output = new StringWriter { NewLine = "\n" };
        TextTable.Write(output, ["name", "mAh/g"], [["LMNO", "9.5"], ["LMNPO-VO", "134.0"]]);
        Assert.Equal("name      mAh/g\nLMNO        9.5\nLMNPO-VO  134.0\n", output.ToString());
    }

    [Theory]
    [InlineData(0, "0 A")]
    [InlineData(0.0005, "+0.5 mA")]
    [InlineData(0.000025, "+25 uA")]
    [InlineData(-0.0025, "-2.5 mA")]
    [InlineData(1.5, "+1.5 A")]
    public void Currents_are_shown_in_the_unit_that_fits(double amperes, string expected) => Assert.Equal(expected, CurrentText.Of(amperes));
}
