using CellLab.Core.Triggers.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Triggers.Rules;

public sealed class GuardTests
{
    [Fact]
    public void Two_conditions_in_one_sample_give_one_trigger_with_both_ids()
    {
        var run = new RuleRun(("every_s", "100"), ("voltage_V", "4.0"));
        run.Row(0, 3.9);
        run.Row(80, 4.1);
        TriggerDemand demand = run.Row(30, 4.2)!;

        Assert.Equal(["t1.voltage_V", "t1.every_s"], demand.Conditions);
        Assert.Equal(40, (demand.At.AtUtc - RuleRun.Start).TotalSeconds, 6);
    }

    [Fact]
    public void Quiet_time_largest_number_cycles_and_a_current_off_its_value_hold_triggers_back()
    {
        Assert.Equal(["300", "400", "500"], Scheduled(("quiet_s", "250")));
        Assert.Equal(["100", "200"], Scheduled(("count", "2")));
        Assert.Equal([], Scheduled(("cycles", "2-3")));
        Assert.Equal(["200", "300", "400", "500"], Scheduled(("steady_current", "true")));
    }

    [Fact]
    public void The_number_counts_anew_when_the_program_comes_to_the_step_again()
    {
        var run = new RuleRun(("every_s", "100"), ("count", "1"));
        for (int pass = 1; pass <= 3; pass++)
        {
            run.Pass = pass;
            for (int i = 0; i < 5; i++)
            {
                run.Row(i == 0 ? 0 : 100, 3.9);
            }

            run.Step(2);
        }

        Assert.Equal(["100", "500", "900"], run.Times);
    }

    [Fact]
    public void However_often_it_restarts_and_reads_rows_again_the_same_triggers_come_once()
    {
        Gen<(int Millivolts, int Seconds, bool Restart)[]> rows =
            (from millivolts in Gen.Choose(3000, 4200) from seconds in Gen.Choose(1, 200) from restart in Gen.Elements(true, false, false) select (millivolts, seconds, restart)).ArrayOf(60);
        Prop.ForAll(rows.ToArbitrary(), given =>
        {
            (string, string)[] members = [("every_voltage_V", "0.05"), ("every_s", "250"), ("every_mAh_per_g", "3"), ("rest_after_s", "100"), ("at_charge_end", "true")];
            var run = new RuleRun(members);
            foreach (((int millivolts, int seconds, bool restart), int i) in given.Select((row, i) => (row, i)))
            {
                if (i % 17 == 16)
                {
                    run.Step(2 + (i / 17 % 3));
                }

                run.Row(seconds, millivolts * 1e-3);
                if (restart)
                {
                    run.Restart();
                    run.Rows.TakeLast(5).ToList().ForEach(row => Assert.Null(run.Give(row)));
                }
            }

            TriggerRules again = run.Fresh();
            TriggerDemand[] straight = [.. run.Rows.Select(row => again.Add(row)).OfType<TriggerDemand>()];
            return straight.Select(Key).SequenceEqual(run.Demands.Select(Key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_rising_voltage_crosses_every_level_of_its_grid_once_whatever_the_samples()
    {
        Prop.ForAll(Gen.Choose(1, 60).ArrayOf(80).ToArbitrary(), rises =>
        {
            var run = new RuleRun(("every_voltage_V", "0.1"), ("from_voltage_V", "3.05"));
            double volts = 3.0003; // never on a level, where rounding would decide
            run.Row(0, volts);
            foreach (int rise in rises)
            {
                run.Row(10, volts += rise * 1e-3);
            }

            run.Row(10, volts);
            int levels = (int)Math.Floor(((volts - 3.05) / 0.1) + 1e-9) + 1;
            return run.Demands.Count == Math.Max(0, levels) && run.Demands.All(demand => Math.Abs((((demand.At.VoltageVolts - 3.05) / 0.1) + 0.5) % 1 - 0.5) < 1e-6);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static (DateTimeOffset At, string Conditions) Key(TriggerDemand demand) => (demand.At.AtUtc, string.Join(",", demand.Conditions));

    private static IEnumerable<string> Scheduled(params (string, string)[] guards)
    {
        var run = new RuleRun([("every_s", "100"), .. guards]);
        for (int i = 0; i <= 5; i++)
        {
            run.Row(i == 0 ? 0 : 100, 3.9, milliamperes: i < 2 ? 0.06 : 0.098);
        }

        return run.Times;
    }
}
