using System.Text;

namespace CellLab.Tests.Storage.Export;

public sealed class BdfValidatorTests
{
    private const string Good = "Test Time / s,Voltage / V,Current / A,Unix Time / s,Cycle Count / 1,Step Record Index / 1,Charging Capacity / Ah,Discharging Capacity / Ah,Net Capacity / Ah";

    [Fact]
    public void A_sound_table_passes() => Assert.Empty(Check(Good, "0,3,1,100,0,1,0,0,0", "10,3,1,110,0,2,0.1,0,0.1", "20,3,1,120,1,1,0.2,0,0.2"));

    [Theory]
    [InlineData("error", "Test Time / s,Voltage / V", "0,3")]
    [InlineData("1", "Test Time / s,Voltage / V,Current / A,step_index", "0,3,1,1")]
    [InlineData("2", "Test Time / s,Voltage / V,Current / A", "0,3,1", "10,3,1", "5,3,1")]
    [InlineData("3", Good, "0,3,1,100,0,1,0.1,0,0.2")]
    [InlineData("4", "Test Time / s,Voltage / V,Current / A,Charging Energy / Wh", "0,3,1,0.2", "1,3,1,0.1")]
    [InlineData("5", "Test Time / s,Voltage / V,Current / A,Cycle Count / 1", "0,3,1,1", "1,3,1,0")]
    [InlineData("6", "Test Time / s,Voltage / V,Current / A,Step Record Index / 1", "0,3,1,2", "1,3,1,2")]
    [InlineData("7", "Test Time / s,Voltage / V,Current / A,Unix Time / s", "0,3,1,0", "1000,3,1,1", "2000,3,1,2")]
    public void Each_rule_finds_what_it_is_for(string rule, params string[] lines) =>
        Assert.StartsWith(rule, Assert.Single(Check(lines)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Check(params string[] lines) =>
        BdfValidator.Check(BdfFile.Parse(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
}
