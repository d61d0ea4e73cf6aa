using System.Text.Json;
using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

/// <summary>Programs that decide while they run: exits, a measured base, settling rests; played on a cell of 0.5 mAh over 2.8 V and 100 ohm.</summary>
public sealed class DecidingProgramTests
{
    private const double Week = 7 * 86400;

    [Fact]
    public void A_titration_is_left_after_the_pass_in_which_a_pulse_reached_its_voltage()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 0.1, 4.8, 3600), new RestStep(2, "in", 600), new LoopStep(3, "in", 1, 1000) { Exits = new LoopExits { VoltageAboveVolts = 4.8 } },
            TestPrograms.Current(4, -0.1, 2, 3600), new RestStep(5, "out", 600), new LoopStep(6, "out", 4, 1000) { Exits = new LoopExits { VoltageBelowVolts = 2 } });
        List<StepEnding> endings = Play(program);
        StepEnding[] left = [.. endings.Where(ending => ending.Left is not null)];
        Assert.Equal(["in", "out"], left.Select(ending => ending.Left!.Loop.Block));
        Assert.All(left, ending => Assert.IsType<RestStep>(ending.Step));
        Assert.Equal(7, left[0].Left!.Pass); // (1.8 V - 5 mV) / 2.8 V at 0.1 a pulse
        Assert.Equal(Enumerable.Range(1, endings.Count), endings.Select(ending => ending.StepCount));
        Assert.Equal(EndCause.Time, endings[^1].Cause);
    }

    [Fact]
    public void Rates_follow_the_capacity_that_the_stated_cycle_discharged()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 0.1, 4.8), TestPrograms.Current(2, -0.1, 3.4), new LoopStep(3, "formation", 1, 2), TestPrograms.Current(4, 1, 4.8),
            TestPrograms.Current(5, -1, 2) with { RateC = null }) with { Measured = new MeasuredBase("formation", 1, 3, 2) };
        List<StepEnding> endings = Play(program);
        double measured = -endings[3].AmpereHours;
        Assert.InRange(measured, 0.4 * TestPrograms.OneC, 0.6 * TestPrograms.OneC);
        Assert.Equal(measured, ((CurrentStep)endings[4].Step).CurrentAmperes, 12);
        Assert.Equal(-TestPrograms.OneC, ((CurrentStep)endings[5].Step).CurrentAmperes);
        Assert.Equal(0.1 * TestPrograms.OneC, ((CurrentStep)endings[2].Step).CurrentAmperes);
    }

    [Fact]
    public void No_current_is_made_of_a_capacity_that_cannot_be()
    {
        CellProgram program = TestPrograms.Of(TestPrograms.Current(1, -0.1, 2.95), new LoopStep(2, "formation", 1, 1), TestPrograms.Current(3, 1, 4.8))
            with { Measured = new MeasuredBase("formation", 1, 2, 1) };
        var machine = new StepMachine(program);
        StepTurn turn = machine.Next(machine.Start(0).State, new CellMeasurement(60, 2.94, -0.1 * TestPrograms.OneC));
        Assert.Equal((MachinePhase.LimitPassed, SetPoint.OpenCircuit), (turn.State.Phase, turn.SetPoint));
        Assert.Contains("look at the cell and its mass", turn.State.StopText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rest_is_over_when_its_voltage_moves_more_slowly_than_the_limit()
    {
        const double limit = 1e-3 / 3600;
        StepEnding settled = Rest(limit, seconds => 3 + 0.02 * Math.Exp(-seconds / 1800));
        // the mean slope over a stretch of 720 s falls below 1 mV/h at 4.6 time constants or so
        Assert.Equal(EndCause.Settled, settled.Cause);
        Assert.InRange(settled.DurationSeconds, 1800 * Math.Log(40) - 720, 1800 * Math.Log(40) + 1500);
        Assert.Equal(EndCause.Time, Rest(limit, seconds => 3 + 2e-3 * seconds / 3600).Cause);
        Assert.Equal(EndCause.Settled, Rest(limit, seconds => 3 + 0.5e-3 * seconds / 3600).Cause);
    }

    [Fact]
    public void A_stored_state_decides_as_one_that_was_never_stored() => Prop.ForAll(Gen.Choose(1, 60).ToArbitrary(), seed =>
    {
        CellProgram program = Random(seed);
        return Run(program, stored: true).SequenceEqual(Run(program, stored: false));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public void A_program_that_decides_executes_a_part_of_the_one_that_counts() => Prop.ForAll(Gen.Choose(1, 60).ToArbitrary(), seed =>
    {
        CellProgram program = Random(seed);
        List<(int, int, EndCause)> decided = Run(program, stored: false);
        List<(int, int, EndCause)> counted = Run(program.WithoutDecisions(), stored: false);
        return decided.Count <= counted.Count && decided.Count >= 4;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Passes_are_counted_on_over_inserts()
    {
        CellProgram program = TestPrograms.Of(
            new RestStep(1, "life", 1), new LoopStep(2, "life", 1, 50) { CountsOn = true }, new RestStep(3, "check", 9), new LoopStep(4, "life-insert", 1, 8),
            new RestStep(5, "life", 1), new LoopStep(6, "life", 5, 20) { FirstPass = 401 });
        var walk = new ProgramWalk(program);
        var passes = new List<int>();
        do
        {
            if (walk.Current!.Block == "life")
            {
                passes.Add(walk.Pass);
            }
        }
        while (walk.MoveNext());

        Assert.Equal(Enumerable.Range(1, 420), passes);
    }

    /// <summary>Two loops, one in the other, either of which may be left, then a step by the measured base.</summary>
    private static CellProgram Random(int seed)
    {
        var random = new Random(seed);
        return TestPrograms.Of(
            TestPrograms.Current(1, 0.5, 4.8), TestPrograms.Current(2, -0.5, 2 + random.NextDouble()), new LoopStep(3, "formation", 1, 1),
            TestPrograms.Current(4, random.NextDouble() + 0.1, 4.8, random.Next(300, 4000)), TestPrograms.Current(5, -0.2, 2, random.Next(300, 4000)),
            new LoopStep(6, "in", 4, random.Next(1, 6)) { Exits = random.Next(2) == 0 ? null : new LoopExits { VoltageAboveVolts = 4.2, VoltageBelowVolts = 2.5, Leaves = random.Next(2) * 7 } },
            new LoopStep(7, "out", 4, random.Next(1, 4)) { Exits = random.Next(2) == 0 ? null : new LoopExits { CapacityFraction = 0.9, OfCycle = 1 } },
            TestPrograms.Current(8, 1, 4.8)) with { Measured = new MeasuredBase("formation", 1, 3, 1) };
    }

    private static StepEnding Rest(double limit, Func<double, double> voltsAt)
    {
        var machine = new StepMachine(TestPrograms.Of(new RestStep(1, "b", 8 * 3600, limit)));
        StepTurn turn = machine.Start(0);
        double time = 0;
        while (turn.Ended is null)
        {
            time = Math.Min(time + 30, turn.DueAtSeconds!.Value);
            turn = machine.Next(turn.State, new CellMeasurement(time, voltsAt(time), 0));
        }

        return turn.Ended;
    }

    private static List<(int Step, int Pass, EndCause Cause)> Run(CellProgram program, bool stored)
    {
        var machine = new StepMachine(program);
        LinearCell cell = Cell();
        var endings = new List<(int, int, EndCause)>();
        StepTurn turn = machine.Start(0);
        for (double time = 0; turn.State.Phase == MachinePhase.Running;)
        {
            double dt = Math.Min(120, (turn.DueAtSeconds ?? double.MaxValue) - time);
            (double volts, double amperes) = cell.Advance(turn.SetPoint, dt);
            StepMachineState state = stored ? JsonSerializer.Deserialize<StepMachineState>(JsonSerializer.Serialize(turn.State))! : turn.State;
            turn = machine.Next(state, new CellMeasurement(time += dt, volts, amperes));
            if (turn.Ended is { } ended)
            {
                endings.Add((ended.Step.Number, ended.Pass, ended.Cause));
            }
        }

        return endings;
    }

    private static LinearCell Cell() => new(3.0, 2.8 / (TestPrograms.OneC * 3600), 100);

    private static List<StepEnding> Play(CellProgram program) => [.. new DryRun(program).Play(Cell(), Week, CancellationToken.None)];
}
