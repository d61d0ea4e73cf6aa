using CellLab.Core.Triggers.Rules;

namespace CellLab.Tests.Core.Triggers.Rules;

public sealed class ConditionTests
{
    [Fact]
    public void A_crossing_fires_with_the_second_sample_beyond_and_belongs_between_the_two_round_the_level()
    {
        var run = new RuleRun(("voltage_V", "4.0"));
        run.Row(0, 3.9);
        Assert.Null(run.Row(10, 4.1));
        TriggerDemand demand = run.Row(10, 4.2)!;

        Assert.Equal(["t1.voltage_V"], demand.Conditions);
        Assert.Equal(5, (demand.At.AtUtc - RuleRun.Start).TotalSeconds, 6);
        Assert.Equal(4.0, demand.At.VoltageVolts, 9);
        Assert.Equal(5 * 0.1 / 3.6, demand.At.HalfCycleAmpereHours * 1e6, 6);
    }

    [Fact]
    public void One_sample_beyond_a_level_is_noise()
    {
        var run = new RuleRun(("voltage_V", "4.0"));
        foreach (double volts in new[] { 3.9, 4.1, 3.9, 4.1, 3.95 })
        {
            Assert.Null(run.Row(10, volts));
        }
    }

    [Fact]
    public void A_level_is_crossed_back_only_beyond_the_hysteresis()
    {
        var run = new RuleRun(("voltage_V", "4.0"), ("hysteresis_mV", "5"));
        foreach (double volts in new[] { 3.99, 4.001, 4.001, 3.996, 3.996, 4.001, 4.001, 3.994, 3.994 })
        {
            run.Row(10, volts);
        }

        Assert.Equal(2, run.Demands.Count);
    }

    [Theory]
    [InlineData("up", 1)]
    [InlineData("down", 1)]
    [InlineData("either", 2)]
    public void The_direction_of_a_crossing_matters(string direction, int fired)
    {
        var run = new RuleRun(("voltage_V", "4.0"), ("direction", direction));
        foreach (double volts in new[] { 3.9, 4.1, 4.1, 3.9, 3.9 })
        {
            run.Row(10, volts);
        }

        Assert.Equal(fired, run.Demands.Count);
    }

    [Fact]
    public void Once_per_step_means_once_in_each_executed_step()
    {
        var run = new RuleRun(("voltage_V", "4.0"), ("once_per_step", "true"));
        foreach (double volts in new[] { 3.9, 4.1, 4.1, 3.9, 3.9, 4.1, 4.1 })
        {
            run.Row(10, volts);
        }

        run.Step(4);
        foreach (double volts in new[] { 4.05, 3.9, 3.9, 3.8 })
        {
            run.Row(10, volts);
        }

        Assert.Equal(2, run.Demands.Count);
    }

    [Fact]
    public void A_voltage_grid_is_counted_from_its_lower_end()
    {
        var run = new RuleRun(("every_voltage_V", "0.05"), ("from_voltage_V", "3.02"), ("to_voltage_V", "3.2"));
        for (int i = 0; i <= 40; i++)
        {
            run.Row(10, 3.0 + (0.01 * i));
        }

        Assert.Equal([3.02, 3.07, 3.12, 3.17], run.Demands.Select(demand => Math.Round(demand.At.VoltageVolts, 6)));
    }

    [Fact]
    public void Capacity_counts_from_the_start_of_each_half_cycle_through_the_rest_between()
    {
        var run = new RuleRun(("every_mAh_per_g", "10"));
        Charge(run, 25);
        run.Step(3);
        run.Row(10, 4.5);
        run.Step(4);
        Charge(run, 25);

        Assert.Equal([10, 20, 10, 20], run.Demands.Select(demand => Math.Round(demand.At.HalfCycleAmpereHours * 1e6, 6)));
    }

    [Fact]
    public void A_state_of_charge_is_crossed_on_the_way_up_and_down()
    {
        var run = new RuleRun(("soc_percent", "4, 8"), ("soc_reference_mAh_per_g", "250"));
        Charge(run, 25);
        run.Step(4);
        Charge(run, 25);

        Assert.Equal([10, 20, 20, 10], run.Demands.Select(demand => Math.Round(demand.At.NetAmpereHours * 1e6, 6)));
    }

    [Fact]
    public void A_schedule_does_not_drift()
    {
        var run = new RuleRun(("every_s", "100"));
        double[] intervals = [0, 30, 33, 35, 31, 30, 37, 32, 30, 30, 31, 30, 250];
        foreach (double interval in intervals)
        {
            run.Row(interval, 3.9);
        }

        Assert.Equal(["100", "200", "300", "500"], run.Times);
    }

    [Fact]
    public void A_schedule_with_an_offset_begins_with_it()
    {
        var run = new RuleRun(("every_s", "100"), ("offset_s", "0"));
        run.Row(0, 3.9);
        run.Row(50, 3.9);
        run.Row(60, 3.9);

        Assert.Equal(["0", "100"], run.Times);
    }

    [Fact]
    public void Step_changes_fire_on_entry_and_exit_of_named_steps()
    {
        var run = new RuleRun(("on_entry", "rest, discharge"));
        run.Row(0, 3.9);
        run.Row(10, 4.0);
        run.Step(3).Row(0, 3.95);
        run.Row(10, 3.94);
        run.Step(4).Row(0, 3.9);

        Assert.Equal(["10", "20"], run.Times);
    }

    [Fact]
    public void The_ends_of_half_cycles_belong_to_the_state_that_was_reached()
    {
        var run = new RuleRun(("at_charge_end", "true"), ("at_discharge_end", "true"), ("cycles", "1"));
        for (int cycle = 1; cycle <= 2; cycle++)
        {
            run.Row(0, 3.9);
            run.Row(10, 4.8);
            run.Step(3).Row(10, 4.6);
            run.Step(4).Row(10, 4.0);
            run.Row(10, 2.0);
            run.Step(2);
            (run.Cycle, run.Pass) = (2, 2);
        }

        Assert.Equal([4.8, 2.0], run.Demands.Select(demand => demand.At.VoltageVolts));
    }

    [Fact]
    public void The_end_of_the_last_step_is_told_when_the_job_ends()
    {
        var run = new RuleRun(("at_cycle_end", "true"));
        run.Step(4).Row(0, 3.9);
        run.Row(10, 2.0);

        Assert.Equal(2.0, run.Rules.End()!.At.VoltageVolts);
        Assert.Null(run.Rules.End());
    }

    [Fact]
    public void A_rest_fires_once_when_it_has_lasted()
    {
        var run = new RuleRun(("rest_after_s", "600"));
        run.Row(0, 4.8);
        run.Step(3);
        for (int i = 0; i < 30; i++)
        {
            run.Row(i == 0 ? 0 : 90, 4.6);
        }

        Assert.Equal(["600"], run.Times);
    }

    [Fact]
    public void A_derived_quantity_fires_when_it_passes_its_level()
    {
        var run = new RuleRun(("quantity", "capacity_fade_percent"), ("above", "20"));
        foreach (double? fade in new double?[] { null, 0, 10, 25, 30 })
        {
            run.Derived = new Dictionary<string, double?> { ["capacity_fade_percent"] = fade };
            run.Row(10, 3.9);
        }

        Assert.Equal(["t1.capacity_fade_percent"], Assert.Single(run.Demands).Conditions);
    }

    [Fact]
    public void Without_a_condition_the_place_of_the_step_itself_is_meant()
    {
        var run = new RuleRun();
        run.Row(0, 3.9);
        run.Row(10, 3.9);

        Assert.Equal(["t1.here"], Assert.Single(run.Demands).Conditions);
    }

    private static void Charge(RuleRun run, double capacity)
    {
        run.Row(0, 3.9, 0);
        for (double reached = 3; reached < capacity; reached += 3)
        {
            run.Row(100, 3.9, reached);
        }

        run.Row(100, 3.9, capacity);
    }
}
