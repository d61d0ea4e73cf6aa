using CellLab.Analysis.Cycling;
using CellLab.Service.Watching;

namespace CellLab.Tests.Service.Watching;

/// <summary>When a rule is broken, and when it is whole again.</summary>
public sealed class RuleTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_level_is_broken_after_its_delay_and_whole_below_its_dead_band()
    {
        var rule = new LevelRule(10, deadBand: 2, TimeSpan.FromSeconds(60));
        (double Value, int Second, bool Changed, bool Broken)[] story =
        [
            (11, 0, false, false), (9, 30, false, false), (11, 40, false, false), (12, 99, false, false), (12, 100, true, true), (9, 110, false, true), (7.9, 120, true, false),
            (11, 130, false, false), (11, 190, true, true),
        ];

        Assert.All(story, step =>
        {
            Assert.Equal(step.Changed, rule.Update(step.Value, s_noon.AddSeconds(step.Second)));
            Assert.Equal(step.Broken, rule.IsBroken);
        });
    }

    [Fact]
    public void Efficiency_has_to_be_low_in_several_cycles_in_a_row()
    {
        var rule = new CycleRule(99, FromCycle: 2, Cycles: 2, DeadBandPercent: 0.5);
        IReadOnlyList<CycleView> Cycles(params double[] efficiencies) => [.. efficiencies.Select((value, index) => Cycle(index + 1, 250, value))];

        Assert.Null(CycleRules.CoulombicEfficiency(rule, Cycles(80, 98), isBroken: false)); // the first cycle does not count
        Assert.Null(CycleRules.CoulombicEfficiency(rule, Cycles(80, 98, 99.5), isBroken: false));
        Assert.Equal("coulombic efficiency 98.50 % in cycle 3, below 99 %", CycleRules.CoulombicEfficiency(rule, Cycles(80, 98, 98.5), isBroken: false));
        Assert.NotNull(CycleRules.CoulombicEfficiency(rule, Cycles(80, 98, 98.5, 99.4), isBroken: true));
        Assert.Null(CycleRules.CoulombicEfficiency(rule, Cycles(80, 98, 98.5, 99.5), isBroken: true));
    }

    [Fact]
    public void Fade_is_against_the_best_cycle_of_the_same_rate()
    {
        var rule = new CycleRule(80, FromCycle: 1, Cycles: 1, DeadBandPercent: 1);
        CycleView[] cycles = [Cycle(1, 250, 99, rate: 0.1), Cycle(2, 200, 99, rate: 1), Cycle(3, 170, 99, rate: 1)];

        Assert.Null(CycleRules.Retention(rule, cycles, isBroken: false)); // 85 % of 1C, although 68 % of the first cycle
        Assert.Equal("75.0 % of the best discharge capacity at this rate left in cycle 4, below 80 %", CycleRules.Retention(rule, [.. cycles, Cycle(4, 150, 99, rate: 1.02)], isBroken: false));
        Assert.Null(CycleRules.Retention(rule, [.. cycles, Cycle(4, 150, 99, rate: 1) with { Complete = false }], isBroken: false));
    }

    private static CycleView Cycle(int number, double discharge, double efficiency, double rate = 1) => new()
    {
        Cycle = number, Block = "b", Pass = number, RateC = rate, DischargeMahG = discharge, CoulombicEfficiencyPercent = efficiency, Complete = true,
        CRateBaseMahG = 250, ActiveMassMg = 2, Method = "cc", ChargeAh = 0, DischargeAh = 0, ChargeWh = 0, DischargeWh = 0, Integrated = null!, Gaps = 0, CounterFalls = 0, Resumed = false,
        FirstRecord = 1, LastRecord = 2, StartedUtcSeconds = 0, EndedUtcSeconds = 1,
    };
}
