using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols;

public sealed class CurrentAccuracyTests
{
    /// <summary>An offset of 0.01 % of the range: 4 % of 25 uA on 10 mA, 8 % in coulombic efficiency.</summary>
    [Theory]
    [InlineData(0.025, 0.1, 0.04, 0.08)]
    [InlineData(0.025, 1, 0.4, 0.8)]
    [InlineData(0.025, 10, 4, 8)]
    [InlineData(0.05, 5, 1, 2)]
    [InlineData(-0.5, 1, 0.02, 0.04)]
    [InlineData(2.5, 5, 0.02, 0.04)]
    public void Offset_and_efficiency_error_follow_from_current_and_range(double milliamperes, double rangeMilliamperes, double offset, double efficiency)
    {
        CurrentFigures figures = new CurrentAccuracy { RangesAmperes = [rangeMilliamperes * 1e-3], GainError = 0 }.Of(milliamperes * 1e-3)!;
        Assert.Equal(offset, figures.CurrentErrorPercent, 9);
        Assert.Equal(efficiency, figures.CeErrorPercent, 9);
    }

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.1001, 1)]
    [InlineData(-3, 5)]
    [InlineData(10, 10)]
    public void The_smallest_range_that_holds_the_current_is_chosen(double milliamperes, double expected) =>
        Assert.Equal(expected * 1e-3, CurrentAccuracy.Default.Of(milliamperes * 1e-3)!.RangeA, 12);

    [Theory]
    [InlineData(0)]
    [InlineData(10.1)]
    public void Without_a_range_there_are_no_figures(double milliamperes) => Assert.Null(CurrentAccuracy.Default.Of(milliamperes * 1e-3));

    [Fact]
    public void A_doubtful_range_is_a_warning_that_names_step_current_range_and_errors()
    {
        ProtocolCheck check = Check("Charge at 0.05C until 4.8 V", new CRateBase(250, 2), 10e-3);
        Assert.True(check.Valid);
        Assert.Contains(
            "'Charge at 0.05C until 4.8 V': 0.025 mA on the range 10 mA has an error of 4.02 %, the coulombic efficiency of 8 %",
            check.Warnings.Select(warning => warning.Message));
    }

    [Fact]
    public void A_check_tells_the_figures_of_every_step_with_a_current()
    {
        ProtocolCheck check = Check("Discharge at 0.1C until 2.0 V", new CRateBase(250, 2), 1e-4);
        Assert.Equal([new CheckedCurrent(1, -5e-5, 1e-4, 0.04, 0.04)], check.Currents);
    }

    [Fact]
    public void A_current_above_the_channel_is_an_error()
    {
        ProtocolCheck check = Check("Charge at 250 mA until 4.8 V", new CRateBase(250, 2), 3e-3);
        Assert.Contains("the current 250 mA is above the channel's range of 3 mA", Assert.Single(check.Errors).Message, StringComparison.Ordinal);
        Assert.Contains("the current 250 mA is 500C on this cell", string.Join("\n", check.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_grams_in_a_coin_cell_are_an_error()
    {
        ProtocolCheck check = Check("Charge at 0.1C until 4.8 V", new CRateBase(250, 2000), 100);
        Assert.Contains("an active mass of 2000 mg is not plausible", Assert.Single(check.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_grams_in_a_pouch_are_none() => Assert.Empty(Check("Charge at 0.1C until 4.8 V", new CRateBase(250, 2000), 100, "pouch").Errors);

    private static ProtocolCheck Check(string sentence, CRateBase rateBase, double rangeAmperes, string? holder = null)
    {
        var options = new CompileOptions { Holder = holder, CurrentRangeAmperes = rangeAmperes, Accuracy = new CurrentAccuracy { RangesAmperes = [rangeAmperes] } };
        return ProtocolCheck.Of("t.yaml", $"celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - {sentence}\n", rateBase, options);
    }
}
