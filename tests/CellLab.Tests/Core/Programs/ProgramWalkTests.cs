using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Tests.Core.Programs;

public sealed class ProgramWalkTests
{
    [Fact]
    public void Nested_loops_are_walked_with_their_passes()
    {
        CellProgram program = Program(
            Charge(1), Charge(2), Charge(3), new LoopStep(4, "inner", 2, 2), new LoopStep(5, "outer", 1, 2), Charge(6));

        Assert.Equal(
            [(1, 1), (2, 1), (3, 1), (2, 2), (3, 2), (1, 2), (2, 1), (3, 1), (2, 2), (3, 2), (6, 1)],
            Walked(program));
    }

    [Fact]
    public void It_can_be_taken_straight_to_any_executed_step()
    {
        CellProgram program = Program(Charge(1), Charge(2), new LoopStep(3, "life", 1, 400));
        var walk = new ProgramWalk(program);

        Assert.True(walk.MoveTo(799));

        Assert.Equal((799, 1, 400), (walk.StepCount, walk.Current!.Number, walk.Pass));
        Assert.True(walk.MoveNext());
        Assert.False(walk.MoveNext());
        Assert.Null(walk.Current);
        Assert.Equal(800, ProgramWalk.CountOf(program));
    }

    private static List<(int Step, int Pass)> Walked(CellProgram program)
    {
        var walk = new ProgramWalk(program);
        var steps = new List<(int, int)>();
        while (walk.Current is { } step)
        {
            steps.Add((step.Number, walk.Pass));
            walk.MoveNext();
        }

        return steps;
    }

    private static CurrentStep Charge(int number) => new(number, "b", 1e-3, null, 3600, null);

    private static CellProgram Program(params ProgramStep[] steps) =>
        new("p", steps, new RecordRule(30, null, null), new SafetyLimits(null, null, null, null, null, 5), 1e-3);
}
