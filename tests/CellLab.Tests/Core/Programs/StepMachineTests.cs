using System.Text.Json;
using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

public sealed class StepMachineTests
{
    [Fact]
    public void A_stored_state_goes_on_exactly_where_it_stood() => Prop.ForAll(TestPrograms.Short.ToArbitrary(), program =>
        Run(program, stored: false).SequenceEqual(Run(program, stored: true))).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Pauses_of_any_length_change_neither_charge_nor_time_of_a_step() => Prop.ForAll(
        TestPrograms.Short.Where(program => !program.Steps.Any(EndsByChangingCurrent)).ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (program, every) =>
        {
            List<StepEnding> plain = Run(program, stored: false);
            List<StepEnding> paused = Run(program, stored: false, pauseEvery: every);
            return plain.Count == paused.Count && plain.Zip(paused).All(pair => Alike(pair.First, pair.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Two_measurements_outside_a_limit_open_the_circuit_for_good()
    {
        var machine = new StepMachine(TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2)));
        StepTurn turn = machine.Start(0);
        Assert.Equal(new CurrentSetPoint(TestPrograms.OneC), turn.SetPoint);
        turn = machine.Next(turn.State, new CellMeasurement(1, 1.7, TestPrograms.OneC));
        Assert.Equal(MachinePhase.Running, turn.State.Phase);
        turn = machine.Next(turn.State, new CellMeasurement(2, 1.7, TestPrograms.OneC));
        Assert.Equal((MachinePhase.LimitPassed, EndCause.Limit, SetPoint.OpenCircuit), (turn.State.Phase, turn.Ended!.Cause, turn.SetPoint));
        Assert.Equal("1.7000 V is below the limit of 1.800 V", turn.State.StopText);
        turn = machine.Next(machine.Resume(turn.State, 3).State, new CellMeasurement(4, 3.0, 0));
        Assert.Equal(SetPoint.OpenCircuit, turn.SetPoint);
    }

    [Fact]
    public void One_measurement_outside_for_the_whole_delay_is_enough()
    {
        var machine = new StepMachine(TestPrograms.Of(TestPrograms.Wide with { DelaySeconds = 0 }, TestPrograms.Current(1, -1, 2)));
        Assert.Equal(MachinePhase.LimitPassed, machine.Next(machine.Start(0).State, new CellMeasurement(1, 1.7, -TestPrograms.OneC)).State.Phase);
    }

    [Fact]
    public void The_measurement_at_the_switch_belongs_to_the_step_before()
    {
        var machine = new StepMachine(TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, 1, 4.7)));
        StepTurn turn = machine.Next(machine.Start(0).State, new CellMeasurement(10, 4.81, TestPrograms.OneC));
        Assert.Equal(2, turn.State.StepCount);
        Assert.Null(machine.Next(turn.State, new CellMeasurement(10, 4.81, TestPrograms.OneC)).Ended);
        Assert.NotNull(machine.Next(turn.State, new CellMeasurement(11, 4.81, TestPrograms.OneC)).Ended);
    }

    [Fact]
    public void A_cut_off_between_two_measurements_is_found_on_the_line_between_them()
    {
        var machine = new StepMachine(TestPrograms.Of(TestPrograms.Current(1, -1, 2.0)));
        StepTurn turn = machine.Next(machine.Start(100).State, new CellMeasurement(110, 2.010, -TestPrograms.OneC));
        StepEnding ending = machine.Next(turn.State, new CellMeasurement(120, 1.990, -TestPrograms.OneC)).Ended!;
        Assert.Equal((115, 120, 20), (Math.Round(ending.CrossedAtSeconds, 9), ending.AtSeconds, ending.DurationSeconds));
        Assert.Equal(-TestPrograms.OneC * 20 / 3600, ending.AmpereHours, 15);
    }

    [Fact]
    public void Time_does_not_run_back()
    {
        var machine = new StepMachine(TestPrograms.Of(new RestStep(1, "b", 60)));
        StepTurn turn = machine.Next(machine.Start(0).State, new CellMeasurement(10, 3, 0));
        Assert.Throws<ArgumentException>(() => machine.Next(turn.State, new CellMeasurement(9, 3, 0)));
    }

    [Fact]
    public void An_empty_program_is_over_at_once() =>
        Assert.Equal(MachinePhase.Ended, new StepMachine(TestPrograms.Of()).Start(0).State.Phase);

    /// <summary>Plays a program at one measurement every 10 s, the way a host does.</summary>
    private static List<StepEnding> Run(CellProgram program, bool stored, int pauseEvery = int.MaxValue)
    {
        var machine = new StepMachine(program);
        var cell = new LinearCell(3.0, 2.8 / (TestPrograms.OneC * 3600), 100);
        var endings = new List<StepEnding>();
        StepTurn turn = machine.Start(0);
        double time = 0;
        for (int n = 1; turn.State.Phase == MachinePhase.Running; n++)
        {
            double dt = Math.Min(10, (turn.DueAtSeconds ?? double.MaxValue) - time);
            (double volts, double amperes) = cell.Advance(turn.SetPoint, dt);
            var measurement = new CellMeasurement(time += dt, volts, amperes);
            StepMachineState state = stored ? Restored(turn.State) : turn.State;
            turn = n % pauseEvery == 0 ? Held(machine, state, measurement, ref time) : machine.Next(state, measurement);
            if (turn.Ended is { } ended)
            {
                endings.Add(ended);
            }
        }

        return endings;
    }

    private static StepTurn Held(StepMachine machine, StepMachineState state, CellMeasurement measurement, ref double time)
    {
        StepTurn paused = machine.Pause(state, measurement);
        Assert.Equal(SetPoint.OpenCircuit, paused.SetPoint);
        StepMachineState held = machine.Next(paused.State, measurement with { TimeSeconds = time + 500, CurrentAmperes = 0 }).State;
        Assert.Equal(paused.State, held);
        time += 1000;
        return machine.Resume(held, time) with { Ended = paused.Ended };
    }

    private static StepMachineState Restored(StepMachineState state) =>
        JsonSerializer.Deserialize<StepMachineState>(JsonSerializer.Serialize(state))!;

    /// <summary>A step that ends at a charge while its current changes: paused, its charge differs by a little, and it may end one measurement earlier.</summary>
    private static bool EndsByChangingCurrent(ProgramStep step) => step is PowerStep { UntilAmpereHours: not null } or VoltageStep { UntilAmpereHours: not null };

    /// <summary>Where the current changes, the first stretch after a pause counts with its end current: the charge may differ by a little.</summary>
    private static bool Alike(StepEnding a, StepEnding b)
    {
        double tolerance = a.Step is VoltageStep or PowerStep or ResistanceStep ? 0.2 * Math.Abs(a.AmpereHours) + 1e-9 : 1e-12;
        return a.Cause == b.Cause && Math.Abs(a.DurationSeconds - b.DurationSeconds) < 1e-6 && Math.Abs(a.AmpereHours - b.AmpereHours) <= tolerance;
    }
}
