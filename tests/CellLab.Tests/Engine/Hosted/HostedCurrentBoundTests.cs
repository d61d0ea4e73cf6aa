using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Engine.Hosted;
using CellLab.Tests.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>An output gives all it can to hold a voltage (a supply 6 A) unless something bounds the current.</summary>
public sealed class HostedCurrentBoundTests
{
    private static readonly SourceMeterTraits s_traits = new()
    {
        MaxChargeAmperes = 6,
        MaxDischargeAmperes = 6,
        MinVolts = 0,
        MaxVolts = 5,
        CurrentResolutionAmperes = 1e-7,
        HoldsVoltage = true,
    };
    private static readonly SafetyLimits s_bounded = TestPrograms.Wide with { MaxAmperes = 2e-3, MinAmperes = -1e-3 };

    [Theory]
    [InlineData(true, "max_current_mA")]
    [InlineData(false, "min_current_mA")]
    public void A_hold_that_nothing_bounds_is_refused(bool charging, string member)
    {
        var hold = new VoltageStep(1, "b", charging ? 4.8 : 2.0, charging, 600, null);
        Assert.Contains(member, Assert.Single(Problems(TestPrograms.Wide, hold)), StringComparison.Ordinal);
        Assert.Empty(Problems(s_bounded, hold));
        Assert.Empty(Problems(TestPrograms.Wide, hold with { StartCurrentAmperes = charging ? 5e-4 : -5e-4 }));
    }

    [Fact]
    public void A_scan_needs_limits_of_both_directions()
    {
        var scan = new ScanStep(1, "b", 3.0, 4.0, 1e-3);
        Assert.Equal(2, Problems(TestPrograms.Wide, scan).Count);
        Assert.Empty(Problems(s_bounded, scan));
    }

    [Theory]
    [InlineData(true, 1.9e-3)]
    [InlineData(false, 0.95e-3)]
    public void A_hold_without_a_current_of_its_own_stays_below_the_limit_of_its_direction(bool charging, double amperes)
    {
        var bounded = Assert.IsType<VoltageSetPoint>(StartRules.Bounded(new VoltageSetPoint(4, null, charging), s_bounded));
        Assert.Equal(amperes, bounded.MaxAmperes!.Value, 1e-12);
    }

    [Fact]
    public void A_scan_stays_below_the_smaller_limit()
    {
        var bounded = Assert.IsType<VoltageSetPoint>(StartRules.Bounded(new VoltageSetPoint(4, null), s_bounded));
        Assert.Equal(0.95e-3, bounded.MaxAmperes!.Value, 1e-12);
    }

    [Fact]
    public void Whatever_has_a_current_keeps_it()
    {
        var hold = new VoltageSetPoint(4, 5e-4, true);
        Assert.Same(hold, StartRules.Bounded(hold, s_bounded));
        Assert.Same(SetPoint.OpenCircuit, StartRules.Bounded(SetPoint.OpenCircuit, s_bounded));
    }

    private static IReadOnlyList<string> Problems(SafetyLimits limits, ProgramStep step) => HostedCheck.Problems(TestPrograms.Of(limits, step), s_traits);
}
