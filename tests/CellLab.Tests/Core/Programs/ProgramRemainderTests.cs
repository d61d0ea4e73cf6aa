using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

public sealed class ProgramRemainderTests
{
    [Fact]
    public void What_is_left_of_a_nested_loop_is_the_rest_of_the_pass_and_then_the_remaining_passes_from_the_inside_out()
    {
        // outer 5 x [charge, inner 3 x [discharge, rest], rest], cut in outer pass 2, inner pass 1, in the discharge
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2, 3600), new RestStep(3, "b", 90), new LoopStep(4, "b", 2, 3), new RestStep(5, "b", 60),
            new LoopStep(6, "b", 1, 5));

        Remainder left = ProgramRemainder.Of(program, new ReachedPlace(9, 600, -1e-4))!;

        Assert.Equal([2, 3, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6], left.StepNumbers);
        Assert.Equal(3000, Assert.IsType<CurrentStep>(left.Program.Steps[0]).UntilSeconds);
        Assert.Equal((3, 2, 2), Loop(left, 4));
        Assert.Equal((8, 3, 1), Loop(left, 9));
        Assert.Equal((7, 3, 3), Loop(left, 11));
        Assert.Equal(9, left.FirstPlace);
    }

    public static TheoryData<ProgramStep, ReachedPlace, ProgramStep?> Steps => new()
    {
        { new RestStep(1, "b", 90), new(0, 60, 0), new RestStep(1, "b", 30) },
        { new RestStep(1, "b", 90), new(0, 89.5, 0), null },
        { new CurrentStep(1, "b", 1e-3, 2, 3600, 4.8, 1e-3), new(0, 1800, 5e-4), new CurrentStep(1, "b", 1e-3, 2, 1800, 4.8, 5e-4) },
        { new CurrentStep(1, "b", -1e-3, -2, null, 2, 1e-3), new(0, 3600, -1e-3), null },
        { new CurrentStep(1, "b", -1e-3, -2, null, 2), new(0, 3600, -1e-3), new CurrentStep(1, "b", -1e-3, -2, null, 2) },
        { new VoltageStep(1, "b", 4.8, true, 600, 1e-5), new(0, 100, 1e-5), new VoltageStep(1, "b", 4.8, true, 500, 1e-5) },
        { new ScanStep(1, "b", 4, 3, 0.001), new(0, 250, -1e-5), new ScanStep(1, "b", 3.75, 3, 0.001) },
        { new ScanStep(1, "b", 4, 3, 0.001), new(0, 1000, -1e-5), null },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Of_the_interrupted_step_time_and_charge_count_as_done_and_voltages_stay(ProgramStep step, ReachedPlace reached, ProgramStep? expected) =>
        Assert.Equal(expected, ProgramRemainder.Of(TestPrograms.Of(step), reached)?.Program.Steps[0]);

    [Fact]
    public void A_step_that_has_not_begun_is_whole() =>
        Assert.Equal(new RestStep(1, "b", 0.5), ProgramRemainder.Of(TestPrograms.Of(new RestStep(1, "b", 0.5)), default)!.Program.Steps[0]);

    [Fact]
    public void What_was_executed_before_a_cut_and_the_remainder_are_the_uncut_program() =>
        Prop.ForAll(TestPrograms.Any.ToArbitrary(), Gen.Choose(0, 9999).ToArbitrary(), (program, cut) =>
        {
            List<(int Number, int Pass)> uncut = Walked(program);
            int place = cut % uncut.Count;
            Remainder left = ProgramRemainder.Of(program, new ReachedPlace(place, 10, 1e-6))!;
            Assert.Equal(uncut.Skip(place).Select(step => step.Number), Walked(left.Program).Select(step => left.StepNumbers[step.Number - 1]));
            Assert.Equal(Enumerable.Range(1, left.Program.Steps.Count), left.Program.Steps.Select(step => step.Number));
            var second = new ReachedPlace((uncut.Count - place) / 2, 10, 1e-6); // cut again
            if (ProgramRemainder.Of(left.Program, second) is { } last)
            {
                Assert.Equal(
                    uncut.Skip(place + (int)last.FirstPlace).Select(step => step.Number),
                    Walked(last.Program).Select(step => left.StepNumbers[last.StepNumbers[step.Number - 1] - 1]));
            }
        }).QuickCheckThrowOnFailure();

    private static (int FirstStep, int Passes, int FirstPass) Loop(Remainder left, int index)
    {
        LoopStep loop = Assert.IsType<LoopStep>(left.Program.Steps[index]);
        return (loop.FirstStep, loop.Passes, loop.FirstPass);
    }

    private static List<(int Number, int Pass)> Walked(CellProgram program)
    {
        var walk = new ProgramWalk(program);
        var steps = new List<(int, int)>();
        for (bool there = walk.Current is not null; there; there = walk.MoveNext())
        {
            steps.Add((walk.Current!.Number, walk.Pass));
        }

        return steps;
    }
}
