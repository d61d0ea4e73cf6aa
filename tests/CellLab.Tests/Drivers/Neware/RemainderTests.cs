using CellLab.Core.Programs;
using CellLab.Drivers.Neware.StepFile;
using CellLab.Tests.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Drivers.Neware;

public sealed class RemainderTests
{
    [Fact]
    public void What_is_left_of_a_program_that_a_step_file_can_say_is_one_that_a_step_file_can_say() =>
        Prop.ForAll(TestPrograms.Any.ToArbitrary(), Gen.Choose(0, 999).ToArbitrary(), (program, cut) =>
        {
            int place = cut % ProgramWalk.CountOf(program);
            bool sayable = NewareStepFile.Problems(program).Count == 0;
            CellProgram? left = ProgramRemainder.Of(program, new ReachedPlace(place, 10.123456, 1.23456e-6))?.Program;
            return !sayable || left is null
                || (NewareStepFile.Problems(left).Count == 0 && NewareStepFile.Write(left, "x", DateTimeOffset.UnixEpoch, Guid.Empty).Length > 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Passes_that_have_not_begun_stay_one_loop_of_the_step_file()
    {
        CellProgram life = TestPrograms.Of(TestPrograms.Current(1, 5, 4.8), TestPrograms.Current(2, -5, 2), new LoopStep(3, "life", 1, 400));

        CellProgram left = ProgramRemainder.Of(life, new ReachedPlace(425, 100, -1e-4))!.Program; // in the discharge of pass 213

        Assert.Empty(NewareStepFile.Problems(left));
        Assert.Equal(new LoopStep(4, "life", 2, 187) { FirstPass = 214 }, left.Steps[3]);
        Assert.Equal(4, left.Steps.Count);
    }
}
