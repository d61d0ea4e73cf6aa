using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

public sealed class SegmentPlanTests
{
    private static readonly LoopExits Faded = new() { CapacityFraction = 0.8, OfCycle = 1 };
    private static readonly LoopExits Full = new() { VoltageAboveVolts = 4.8 };

    [Fact]
    public void A_program_without_exits_and_a_service_that_judges_them_need_one_stage()
    {
        CellProgram plain = TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2), new LoopStep(3, "life", 1, 400));
        Assert.Same(plain, Assert.Single(SegmentPlan.Of(plain, ExecutorAbility.InstrumentAlone).Stages).ProgramFor());
        CellProgram exits = plain with { Steps = [.. plain.Steps.Take(2), new LoopStep(3, "life", 1, 400) { Exits = Faded }], Measured = new MeasuredBase("x", 1, 1, 1) };
        Assert.Single(SegmentPlan.Of(exits, ExecutorAbility.SteppedByService).Stages);
    }

    [Fact]
    public void An_instrument_gets_a_counting_loop_and_the_rest_as_the_next_stage()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 0.1, 4.8), new RestStep(2, "main", 60), TestPrograms.Current(3, 1, 4.8), TestPrograms.Current(4, -1, 2),
            new LoopStep(5, "life", 3, 400) { Exits = Faded }, TestPrograms.Current(6, 0.1, 4.8), new LoopStep(7, "after", 6, 2));
        SegmentPlan plan = SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone);
        Assert.Equal([(0, 802, true, StageReason.Start), (802, 804, false, StageReason.AfterExit)],
            plan.Stages.Select(stage => (stage.FirstPlace, stage.EndPlace, stage.IsWatched, stage.Reason)));
        CellProgram second = plan.Stages[1].ProgramFor();
        Assert.Equal(new LoopStep(2, "after", 1, 2), second.Steps[1]);
        Assert.Equal(5, plan.Stages[1].StepOffset);
        Assert.Contains("capacity < 80 % of cycle 1", plan.Stages[1].Why, StringComparison.Ordinal);
        Assert.Contains("rests at open circuit", plan.Stages[1].CellBefore, StringComparison.Ordinal);
        Assert.All(plan.Stages[0].ProgramFor().Steps.OfType<LoopStep>(), loop => Assert.Null(loop.Exits));
        Assert.Equal((plan.Stages[1], null), (plan.StageAt(802), plan.StageAt(804)));
    }

    [Fact]
    public void The_currents_of_a_stage_follow_from_the_measured_capacity()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 0.1, 4.8), TestPrograms.Current(2, -0.1, 2), new LoopStep(3, "formation", 1, 2),
            TestPrograms.Current(4, 1, 4.8), new VoltageStep(5, "life", 4.8, true, null, 0.02 * TestPrograms.OneC, 0.02, TestPrograms.OneC, 1))
            with { Measured = new MeasuredBase("formation", 1, 3, 2) };
        SegmentPlan plan = SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone);
        Assert.Equal([false, true], plan.Stages.Select(stage => stage.NeedsMeasuredCapacity));
        Assert.Equal("its currents follow from the capacity measured in 'formation' cycle 2", plan.Stages[1].Why);
        CellProgram life = plan.Stages[1].ProgramFor(0.4e-3);
        Assert.Equal(0.4e-3, ((CurrentStep)life.Steps[0]).CurrentAmperes);
        Assert.Equal(8e-6, ((VoltageStep)life.Steps[1]).UntilCurrentAmperes!.Value, 12);
        Assert.Equal(0.4e-3, ((VoltageStep)life.Steps[1]).StartCurrentAmperes);
        Assert.Equal(TestPrograms.OneC * -0.1, ((CurrentStep)plan.Stages[0].ProgramFor().Steps[1]).CurrentAmperes);
        Assert.Throws<ArgumentNullException>(() => plan.Stages[1].ProgramFor());
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => plan.Stages[1].ProgramFor(0.01e-3));
        Assert.Contains("0.01 mAh, expected 0.2 to 3 times the nominal 0.5 mAh", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeat_round_two_titrations_becomes_two_stages_a_pass()
    {
        SegmentPlan plan = SegmentPlan.Of(Titrations(3), ExecutorAbility.InstrumentAlone);
        Assert.Equal([0L, 160, 320, 480, 640, 800], plan.Stages.Select(stage => stage.FirstPlace));
        Assert.Equal(
            [StageReason.Start, StageReason.AfterExit, StageReason.NextPass, StageReason.AfterExit, StageReason.NextPass, StageReason.AfterExit],
            plan.Stages.Select(stage => stage.Reason));
        Assert.Equal([0, 3], plan.Stages.Select(stage => stage.StepOffset).Distinct());
    }

    [Fact]
    public void A_repeat_divided_by_inserts_stays_one_stage_when_its_exit_leaves_it_altogether()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2), new LoopStep(3, "life", 1, 50) { Exits = Faded with { Leaves = 5 } },
            TestPrograms.Current(4, -0.1, 2), new LoopStep(5, "life-insert", 1, 8));
        Assert.True(Assert.Single(SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone).Stages).IsWatched);
    }

    [Fact]
    public void Too_many_stages_are_refused_with_a_remedy() => Assert.Contains(
        "a channel that the service steps itself", Assert.Throws<ArgumentException>(() => SegmentPlan.Of(Titrations(1500), ExecutorAbility.InstrumentAlone)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_stages_of_any_program_execute_its_steps_in_order() => Prop.ForAll(TestPrograms.Any.ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (plain, nth) =>
    {
        CellProgram program = plain with { Steps = [.. plain.Steps.Select(step => step is LoopStep loop && loop.Number % nth == 0 ? loop with { Exits = Full } : step)] };
        SegmentPlan plan = SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone);
        var executed = new List<int>();
        long place = 0;
        while (plan.StageAt(place) is { } stage)
        {
            Assert.Equal(place, stage.FirstPlace);
            executed.AddRange(Walked(stage.ProgramFor()).Select(number => number + stage.StepOffset));
            place = stage.EndPlace;
        }

        return executed.SequenceEqual(Walked(program));
    }).QuickCheckThrowOnFailure();

    private static CellProgram Titrations(int passes) => TestPrograms.Of(
        TestPrograms.Current(1, 0.1, 4.8, 600), new RestStep(2, "in", 60), new LoopStep(3, "in", 1, 80) { Exits = Full },
        TestPrograms.Current(4, -0.1, 2, 600), new RestStep(5, "out", 60), new LoopStep(6, "out", 4, 80) { Exits = new LoopExits { VoltageBelowVolts = 2 } },
        new LoopStep(7, "both", 1, passes));

    private static List<int> Walked(CellProgram program)
    {
        var walk = new ProgramWalk(program);
        var steps = new List<int>();
        for (bool there = walk.Current is not null; there; there = walk.MoveNext())
        {
            steps.Add(walk.Current!.Number);
        }

        return steps;
    }
}
