using CellLab.HardwareSim.Expected;

namespace CellLab.Tests.Cli.Demo;

public sealed class ExpectedCellTests
{
    [Theory]
    [InlineData("LMNO", 322.1, 246.1, 76.4)]
    [InlineData("LMNPO-VO", 294.8, 250.1, 84.9)]
    public void The_first_cycle_is_that_of_the_model_s_published_figures(string material, double charge, double discharge, double efficiency)
    {
        ExpectedCell cell = ExpectedCell.Of(material);
        Assert.Equal(charge, cell.FirstChargeMilliampereHoursPerGram, 0.15);
        Assert.Equal(discharge, cell.FirstDischargeMilliampereHoursPerGram, 0.15);
        Assert.Equal(efficiency, cell.FirstCoulombicEfficiencyPercent, 0.1);
    }

    [Fact]
    public void All_seven_rates_are_there_in_rising_order() =>
        Assert.Equal([0.05, 0.1, 0.2, 0.5, 1, 2, 5], ExpectedCell.Of("LMNO").Rates.Select(rate => rate.RateC));
}
