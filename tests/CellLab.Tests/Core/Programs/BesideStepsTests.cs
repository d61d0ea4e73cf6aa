using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Tests.Core.Programs;

public sealed class BesideStepsTests
{
    [Fact]
    public void Marks_leave_the_program_and_numbers_loops_exits_and_the_measured_base_follow()
    {
        CellProgram program = Program(
            Mark(1), Rest(2), Mark(3), Rest(4), new LoopStep(5, "inner", 3, 4) { Exits = new LoopExits { CapacityFraction = 0.8, OfCycle = 1, Leaves = 6 } }, new LoopStep(6, "outer", 2, 2), Mark(7))
            with { Measured = new MeasuredBase("inner", 2, 5, 1) };

        CellProgram left = BesideSteps.Strip(program);

        Assert.Equal([1, 2, 3, 4], left.Steps.Select(step => step.Number));
        LoopStep[] loops = [.. left.Steps.OfType<LoopStep>()];
        Assert.Equal([(3, 2), (4, 1)], loops.Select(loop => (loop.Number, loop.FirstStep)));
        Assert.Equal(4, loops[0].Exits!.Leaves);
        Assert.Equal((1, 3), (left.Measured!.FirstStep, left.Measured.LastStep));
        Assert.Equal([1, 2, 5], left.Beside.Select(beside => beside.BeforeStep));
        Assert.Equal([1, 3, 7], left.Beside.Select(beside => beside.Step.Number));
    }

    [Fact]
    public void A_program_without_marks_stays_itself()
    {
        CellProgram program = Program(Rest(1));
        Assert.Same(program, BesideSteps.Strip(program));
    }

    [Fact]
    public void A_repeat_of_marks_alone_is_refused() =>
        Assert.Throws<ArgumentException>(() => BesideSteps.Strip(Program(Rest(1), Mark(2), new LoopStep(3, "x", 2, 5))));

    private static RestStep Rest(int number) => new(number, "main", 60);

    private static OtherInstrumentStep Mark(int number) => new(number, "main", "trigger", "xrd", null, CellMeanwhile.GoesOnCycling);

    private static CellProgram Program(params ProgramStep[] steps) =>
        new("p", steps, new RecordRule(10, null, null), new SafetyLimits(4.9, 1.8, 1e-3, -1e-3, null, 5), 5e-4);
}
