using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

/// <summary>The model cycled by a plain constant-current program against the figures that its description states.</summary>
public sealed class CyclingTests
{
    [Theory]
    [InlineData("LMNO", 322.1, 246.1, 0.270)]
    [InlineData("LMNPO-VO", 294.8, 250.1, 0.0999)]
    public void The_first_cycle_at_a_tenth_of_C_has_the_stated_capacities_and_oxygen(string material, double charge, double discharge, double oxygen)
    {
        var cell = new CycledCell(material);
        CycleFigures first = cell.Cycle(0.1);
        Assert.Equal(charge, first.Charge, charge * 0.01);
        Assert.Equal(discharge, first.Discharge, discharge * 0.01);
        Assert.Equal(oxygen, cell.State.OxygenMicromolPerMilligram, oxygen * 0.01);
    }

    [Theory]
    [InlineData("LMNO", 141.02, 121.00, 3.3870)]
    [InlineData("LMNPO-VO", 164.98, 163.00, 3.5120)]
    public void Two_hundred_cycles_at_1C_fade_as_stated(string material, double first, double last, double meanVolts)
    {
        var cell = new CycledCell(material);
        cell.Cycle(0.1);
        CycleFigures one = cell.Cycle(1);
        CycleFigures two = one;
        for (int i = 1; i < 200; i++)
        {
            two = cell.Cycle(1);
        }

        Assert.Equal(first, one.Discharge, first * 0.01);
        Assert.Equal(last, two.Discharge, last * 0.01);
        Assert.Equal(meanVolts, one.MeanDischargeVolts, 0.005);
    }

    [Theory]
    [InlineData("LMNO")]
    [InlineData("LMNPO-VO")]
    public void The_rate_map_in_sequence_meets_the_table_that_the_demonstration_is_compared_with(string material)
    {
        var cell = new CycledCell(material);
        cell.Cycle(0.1);
        foreach (ExpectedRate expected in ExpectedRate.InSequence(material))
        {
            cell.Cycle(expected.CRate);
            cell.Cycle(expected.CRate);
            CycleFigures third = cell.Cycle(expected.CRate);
            Assert.Equal(expected.ChargeMilliampereHoursPerGram, third.Charge, expected.ChargeMilliampereHoursPerGram * 0.005);
            Assert.Equal(expected.DischargeMilliampereHoursPerGram, third.Discharge, expected.DischargeMilliampereHoursPerGram * 0.005);
            Assert.Equal(expected.MeanDischargeVolts, third.MeanDischargeVolts, 0.003);
        }
    }
}
