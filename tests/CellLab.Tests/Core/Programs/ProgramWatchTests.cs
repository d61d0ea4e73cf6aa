using CellLab.Core.Programs;
using CellLab.Core.Samples;

namespace CellLab.Tests.Core.Programs;

public sealed class ProgramWatchTests
{
    private const double Full = TestPrograms.OneC;

    [Fact]
    public void A_repeat_is_left_when_the_capacity_has_fallen_below_the_share_of_its_cycle()
    {
        CellProgram program = Life(100, new LoopExits { CapacityFraction = 0.8, OfCycle = 1 });
        (int passes, LoopLeft? left) = Cycle(program, cycle => Full * (1 - 0.05 * (cycle - 1)));
        Assert.Equal(6, passes); // 100, 95, 90, 85, 80, 75 %
        Assert.Equal("cycle 6 discharged 0.375 mAh, less than 80 % of the 0.5 mAh of cycle 1", left!.Why);
        Assert.Equal(6, left.Pass);
    }

    [Fact]
    public void A_capacity_that_stays_or_a_reference_that_never_comes_lets_it_run_to_the_end()
    {
        Assert.Equal(20, Cycle(Life(20, new LoopExits { CapacityFraction = 0.8, OfCycle = 1 }), _ => Full).Passes);
        Assert.Equal(20, Cycle(Life(20, new LoopExits { CapacityFraction = 0.8, OfCycle = 21 }), cycle => Full / cycle).Passes);
    }

    [Fact]
    public void The_stated_cycle_itself_is_not_compared_and_the_next_one_is() =>
        Assert.Equal(4, Cycle(Life(20, new LoopExits { CapacityFraction = 0.8, OfCycle = 3 }), cycle => cycle < 4 ? Full : Full / 2).Passes);

    [Fact]
    public void With_leading_discharge_the_cycle_that_has_just_discharged_is_judged()
    {
        CellProgram program = TestPrograms.Of(TestPrograms.Current(1, -1, 2), TestPrograms.Current(2, 1, 4.8), new LoopStep(3, "life", 1, 50)
        {
            Exits = new LoopExits { CapacityFraction = 0.5, OfCycle = 1 },
        });
        var watch = new ProgramWatch(program, LeadingDirection.Discharge);
        var memory = ProgramMemory.Empty;
        memory = watch.StepEnded(memory, 0, -Full).Memory;
        memory = watch.StepEnded(memory, 1, Full).Memory;
        memory = watch.StepEnded(memory, 2, -0.4 * Full).Memory;
        WatchTurn turn = watch.StepEnded(memory, 3, 0.4 * Full);
        Assert.Equal((100, 2), (turn.NextPlace, turn.Left!.Pass));
    }

    [Fact]
    public void A_voltage_counts_under_load_and_in_its_own_pass_only()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 0.1, 4.8, 600), new RestStep(2, "g", 3600), new LoopStep(3, "g", 1, 80) { Exits = new LoopExits { VoltageAboveVolts = 4.8 } });
        var watch = new ProgramWatch(program);
        ProgramMemory memory = watch.Measured(watch.Measured(ProgramMemory.Empty, 0, 4.79), 1, 4.9);
        Assert.Empty(memory.Reached);
        memory = watch.Measured(memory, 2, 4.7997);
        WatchTurn during = watch.StepEnded(memory, 2, 1e-5);
        Assert.Equal((3, null), (during.NextPlace, during.Left));
        WatchTurn after = watch.StepEnded(during.Memory, 3, 0);
        Assert.Equal((160, "voltage > 4.8 V was reached under load"), (after.NextPlace, after.Left!.Why));
        Assert.Empty(after.Memory.Reached);
    }

    [Fact]
    public void A_repeat_divided_by_inserts_is_left_altogether()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2),
            new LoopStep(3, "life", 1, 50) { Exits = new LoopExits { CapacityFraction = 0.8, OfCycle = 1, Leaves = 5 }, CountsOn = true },
            TestPrograms.Current(4, -0.1, 2), new LoopStep(5, "life-insert", 1, 8), new RestStep(6, "main", 60));
        (int passes, LoopLeft? left) = Cycle(program, cycle => cycle == 120 ? Full / 2 : Full);
        Assert.Equal((120, 120), (passes, left!.Pass));
    }

    [Fact]
    public void A_repeat_left_at_the_end_of_an_outer_pass_lets_the_outer_one_be_judged()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2),
            new LoopStep(3, "in", 1, 10) { Exits = new LoopExits { VoltageBelowVolts = 2 } },
            new LoopStep(4, "out", 1, 5) { Exits = new LoopExits { CapacityFraction = 0.9, OfCycle = 1 } });
        var watch = new ProgramWatch(program);
        var memory = ProgramMemory.Empty with { };
        memory = watch.StepEnded(memory, 0, Full).Memory;
        WatchTurn first = watch.StepEnded(watch.Measured(memory, 1, 2.0), 1, -Full);
        Assert.Equal((20, "in"), (first.NextPlace, first.Left!.Loop.Block));
        memory = watch.StepEnded(first.Memory, 20, Full).Memory;
        WatchTurn second = watch.StepEnded(watch.Measured(memory, 21, 1.9999), 21, -0.8 * Full);
        Assert.Equal((100, "out"), (second.NextPlace, second.Left!.Loop.Block));
    }

    [Fact]
    public void The_discharge_of_the_stated_pass_is_the_measured_capacity()
    {
        CellProgram program = Life(3, null) with { Measured = new MeasuredBase("life", 1, 3, 2) };
        var watch = new ProgramWatch(program);
        ProgramMemory memory = ProgramMemory.Empty;
        for (int place = 0; place < 6; place++)
        {
            memory = watch.StepEnded(memory, place, place % 2 == 0 ? Full : -Full * (1 - 0.01 * place)).Memory;
        }

        Assert.Equal(Full * 0.97, memory.MeasuredAmpereHours, 12);
    }

    private static CellProgram Life(int passes, LoopExits? exits) =>
        TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2), new LoopStep(3, "life", 1, passes) { Exits = exits });

    /// <summary>Executes the program with full charges and discharges by cycle, and counts the discharges at 1C.</summary>
    private static (int Passes, LoopLeft? Left) Cycle(CellProgram program, Func<int, double> capacity)
    {
        var watch = new ProgramWatch(program);
        var walk = new ProgramWalk(program);
        ProgramMemory memory = ProgramMemory.Empty;
        int passes = 0;
        LoopLeft? left = null;
        for (long place = 0; walk.GoTo(1, place); place = walk.Place)
        {
            double moved = walk.Current is CurrentStep { RateC: { } rate } ? (rate > 0 ? Full : rate == -1 ? -capacity(++passes) : 0) : 0;
            WatchTurn turn = watch.StepEnded(memory, place, moved);
            (memory, left) = (turn.Memory, turn.Left ?? left);
            walk.GoTo(1, turn.NextPlace);
        }

        return (passes, left);
    }
}
