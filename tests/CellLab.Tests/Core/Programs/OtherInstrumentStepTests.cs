using System.Text.Json;
using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

/// <summary>Steps of other instruments and of people within a cycler's program.</summary>
public sealed class OtherInstrumentStepTests
{
    [Fact]
    public void The_program_is_split_round_a_spectrum_and_a_block_that_is_passed_once_costs_no_segment()
    {
        // cycle x1, then a block of rest and spectrum, then a rest that follows in the same block, then a charge
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), new RestStep(2, "eis", 3600), Spectrum(3), new RestStep(4, "eis", 60), new LoopStep(5, "eis", 2, 1), TestPrograms.Current(6, -1, 2));

        Assert.All(Abilities, ability =>
        {
            IReadOnlyList<Stage> stages = SegmentPlan.Of(program, ability).Stages;
            Assert.Equal([(0L, 2L), (2L, 3L), (3L, 4L), (4L, 5L)], stages.Select(stage => (stage.FirstPlace, stage.EndPlace)));
            Assert.Equal([null, "eis", null, null], stages.Select(stage => stage.Other?.Role));
            Assert.Equal("'impedance_spectroscopy' needs role eis: the cell rests at open circuit", stages[1].Why);
            Assert.Equal("'impedance_spectroscopy' before it is over", stages[2].Why);
            Assert.Equal([StageReason.Start, StageReason.OtherInstrument, StageReason.AfterOtherInstrument, StageReason.AfterOtherInstrument], stages.Select(stage => stage.Reason));
            Assert.Equal("", stages[0].CellBefore);
            Assert.All(stages.Skip(1), stage => Assert.Contains("open circuit", stage.CellBefore, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_loop_round_a_spectrum_is_taken_apart_and_the_loop_within_it_stays()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2), new LoopStep(3, "life", 1, 50), Spectrum(4), new LoopStep(5, "life-insert", 1, 4));
        IReadOnlyList<Stage> stages = SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone).Stages;

        Assert.Equal([0L, 100, 101, 201, 202, 302, 303, 403], stages.Select(stage => stage.FirstPlace));
        Assert.Equal(new LoopStep(3, "life", 1, 50), stages[6].ProgramFor().Steps[2]);
        Assert.Contains("the next pass of 'life-insert' begins, in which another instrument", stages[2].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exit_that_leaves_the_loop_taken_apart_is_watched_by_the_service()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2),
            new LoopStep(3, "life", 1, 50) { Exits = new LoopExits { CapacityFraction = 0.8, OfCycle = 1, Leaves = 5 } }, Spectrum(4), new LoopStep(5, "life-insert", 1, 4));
        Stage first = SegmentPlan.Of(program, ExecutorAbility.SteppedByService).Stages[0];
        Assert.True(first.IsWatched);
        Assert.Null(((LoopStep)first.ProgramFor().Steps[2]).Exits);
    }

    [Fact]
    public void A_trigger_beside_the_cycler_is_no_reason_to_split()
    {
        CellProgram program = TestPrograms.Of(Trigger(1), TestPrograms.Current(2, 1, 4.8), TestPrograms.Current(3, -1, 2), new LoopStep(4, "b", 1, 400));
        Stage only = Assert.Single(SegmentPlan.Of(program, ExecutorAbility.InstrumentAlone).Stages);
        Assert.Null(only.Other);
        Assert.Same(program, only.ProgramFor());
    }

    [Fact]
    public void Too_many_spectra_are_refused_with_a_remedy() => Assert.Contains(
        "let the other instrument act less often",
        Assert.Throws<ArgumentException>(() => SegmentPlan.Of(
            TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), Spectrum(2), new LoopStep(3, "b", 1, 1500)), ExecutorAbility.SteppedByService)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void It_lasts_as_long_as_expected_without_current_and_one_of_no_known_duration_ends_at_once()
    {
        CellProgram program = TestPrograms.Of(Trigger(1), TestPrograms.Current(2, 1, 4.8, 600), Spectrum(3), Task(4), TestPrograms.Current(5, -1, 2, 600));
        StepEnding[] endings = [.. new DryRun(program).Play(new LinearCell(3, 0.5, 100), 1e6, CancellationToken.None)];

        Assert.Equal([1, 2, 3, 4, 5], endings.Select(ending => ending.Step.Number));
        Assert.Equal([0, 600, 1500, 0, 600], endings.Select(ending => Math.Round(ending.DurationSeconds, 2)));
        Assert.All(endings.Where(ending => ending.Step is OtherInstrumentStep), ending => Assert.Equal((EndCause.Time, 0.0), (ending.Cause, ending.AmpereHours)));
    }

    [Fact]
    public void A_mark_ends_however_late_in_a_test_it_comes()
    {
        const double late = 1e9 + 1.0 / 3; // 32 years
        var machine = new StepMachine(TestPrograms.Of(Task(1), TestPrograms.Current(2, 1, 4.8)));
        StepTurn turn = machine.Start(late);
        turn = machine.Next(turn.State, new CellMeasurement(turn.DueAtSeconds!.Value, 3, 0));
        Assert.Equal(1, turn.Ended?.Step.Number);
    }

    [Fact]
    public void After_a_cut_it_is_done_anew()
    {
        CellProgram program = TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), Spectrum(2), TestPrograms.Current(3, -1, 2));
        Remainder left = ProgramRemainder.Of(program, new ReachedPlace(1, 1499.9, 0))!;
        Assert.Equal((1L, 1500.0), (left.FirstPlace, ((OtherInstrumentStep)left.Program.Steps[0]).ExpectedSeconds));
    }

    [Fact]
    public void It_is_stored_as_json_with_all_it_says()
    {
        ProgramStep step = Spectrum(7);
        string json = JsonSerializer.Serialize(step);
        var back = (OtherInstrumentStep)JsonSerializer.Deserialize<ProgramStep>(json)!;
        Assert.Contains("\"$type\":\"other-instrument\"", json, StringComparison.Ordinal);
        Assert.Equal((7, "eis", 1500.0, CellMeanwhile.RestsAtOpenCircuit, "0.01"), (back.Number, back.Role, back.ExpectedSeconds, back.Meanwhile, back.Members["amplitude_V"]));
        Assert.Equal(json, JsonSerializer.Serialize<ProgramStep>(back));
    }

    [Fact]
    public void The_stages_of_any_program_with_such_steps_execute_its_steps_in_order() => Prop.ForAll(
        TestPrograms.Any.ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), Gen.Elements(Abilities).ToArbitrary(), (plain, nth, ability) =>
        {
            CellProgram program = plain with { Steps = [.. plain.Steps.Select(step => step is not LoopStep && step.Number % (nth + 1) == 0 ? Spectrum(step.Number) : step)] };
            SegmentPlan plan = SegmentPlan.Of(program, ability);
            var executed = new List<int>();
            long place = 0;
            while (plan.StageAt(place) is { } stage)
            {
                Assert.Equal(place, stage.FirstPlace);
                CellProgram part = stage.ProgramFor();
                Assert.Equal(stage.Other is null ? 0 : 1, part.Steps.OfType<OtherInstrumentStep>().Count());
                executed.AddRange(Walked(part).Select(number => number + stage.StepOffset));
                place = stage.EndPlace;
            }

            return executed.SequenceEqual(Walked(program));
        }).QuickCheckThrowOnFailure();

    private static readonly ExecutorAbility[] Abilities = [ExecutorAbility.InstrumentAlone, ExecutorAbility.SteppedByService];

    private static OtherInstrumentStep Spectrum(int number) => new(number, "eis", "impedance_spectroscopy", "eis", 1500, CellMeanwhile.RestsAtOpenCircuit)
    {
        Members = new Dictionary<string, string> { ["amplitude_V"] = "0.01" },
    };

    private static OtherInstrumentStep Trigger(int number) => new(number, "b", "trigger", "xrd", null, CellMeanwhile.GoesOnCycling);

    private static OtherInstrumentStep Task(int number) => new(number, "b", "operator_task", OtherInstrumentStep.Person, null, CellMeanwhile.RestsAtOpenCircuit);

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
