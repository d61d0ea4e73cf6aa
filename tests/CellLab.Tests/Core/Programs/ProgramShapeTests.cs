using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

public sealed class ProgramShapeTests
{
    [Fact]
    public void The_walk_is_that_of_a_machine_that_counts_its_passes() => Prop.ForAll(TestPrograms.Any.ToArbitrary(), program =>
    {
        var walk = new ProgramWalk(program);
        var walked = new List<int>();
        for (bool there = walk.Current is not null; there; there = walk.MoveNext())
        {
            walked.Add(walk.Current!.Number);
        }

        return walked.SequenceEqual(CountingMachine(program)) && walk.TotalSteps == walked.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_jump_to_any_step_gives_what_walking_there_gives() => Prop.ForAll(TestPrograms.Any.ToArbitrary(), program =>
    {
        var walk = new ProgramWalk(program);
        return Enumerable.Range(1, walk.TotalSteps).All(step =>
        {
            var jump = new ProgramWalk(program);
            bool same = jump.MoveTo(step) && walk.MoveTo(step) && jump.Current == walk.Current && jump.Pass == walk.Pass;
            walk.MoveNext();
            return same;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_loop_of_two_thousand_million_passes_is_jumped_into_at_once()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2), new LoopStep(3, "a", 1, int.MaxValue), new LoopStep(4, "b", 1, int.MaxValue));
        var walk = new ProgramWalk(program);
        Assert.Equal(int.MaxValue, walk.TotalSteps);
        Assert.True(walk.MoveTo(2_000_000_000));
        Assert.Equal((2, 1_000_000_000), (walk.Current!.Number, walk.Pass));
    }

    [Fact]
    public void Crossing_loops_are_no_program()
    {
        CellProgram program = TestPrograms.Of(
            new RestStep(1, "a", 1), new RestStep(2, "b", 1), new LoopStep(3, "a", 1, 2), new RestStep(4, "b", 1), new LoopStep(5, "b", 2, 2));
        Assert.Throws<ArgumentException>(() => new ProgramWalk(program));
    }

    /// <summary>How a tester does it: a counter a loop, reset when it is left.</summary>
    private static List<int> CountingMachine(CellProgram program)
    {
        var executed = new List<int>();
        var done = new Dictionary<int, int>();
        int position = 0;
        while (position < program.Steps.Count)
        {
            if (program.Steps[position] is not LoopStep loop)
            {
                executed.Add(program.Steps[position++].Number);
                continue;
            }

            done[loop.Number] = done.GetValueOrDefault(loop.Number) + 1;
            bool again = done[loop.Number] < loop.Passes;
            position = again ? loop.FirstStep - 1 : position + 1;
            if (!again)
            {
                done.Remove(loop.Number);
            }
        }

        return executed;
    }
}
