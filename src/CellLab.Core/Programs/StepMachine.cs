using CellLab.Core.Safety;
using CellLab.Core.Samples;

namespace CellLab.Core.Programs;

/// <summary>Steps a program: state and measurement to set-point or next step. Pure: the same for a host that drives an output, for an
/// instrument's simulation and for a rehearsal. A step's charge is the trapezoid of its own measurements; the stretch before its first one counts
/// with that first current. Exits of loops are judged when a pass ends, and rates follow a capacity measured in the program itself.</summary>
public sealed class StepMachine
{
    private const int MeasurementsForBreach = 2;
    private const double SecondsPerHour = 3600;

    private readonly CellProgram _program;
    private readonly ProgramWatch _watch;

    /// <param name="leading">Direction that electrochemical cycles begin with, for exits that name a cycle.</param>
    /// <exception cref="ArgumentException">The program's loops cross.</exception>
    public StepMachine(CellProgram program, LeadingDirection leading = LeadingDirection.Charge)
    {
        _program = program;
        _watch = new ProgramWatch(program, leading);
    }

    public StepTurn Start(double timeSeconds) =>
        Turn(new StepMachineState(_watch.Shape.Count > 0 ? MachinePhase.Running : MachinePhase.Ended, 1, timeSeconds, timeSeconds, 0)
        {
            Memory = _watch.HasWork ? ProgramMemory.Empty : null,
        }, timeSeconds);

    /// <exception cref="ArgumentException">The measurement lies before the last one.</exception>
    public StepTurn Next(StepMachineState state, CellMeasurement measurement)
    {
        if (state.Phase != MachinePhase.Running)
        {
            return Turn(state, measurement.TimeSeconds);
        }

        StepMachineState now = WatchLimits(Count(state, measurement), measurement);
        if (now.Phase == MachinePhase.LimitPassed)
        {
            return Ended(now, measurement.TimeSeconds, (EndCause.Limit, measurement.TimeSeconds));
        }

        if (now.LastVolts is null)
        {
            return Turn(now, measurement.TimeSeconds);
        }

        ProgramStep step = StepOf(now);
        now = now.Memory is { } memory ? now with { Memory = _watch.Measured(memory, now.Place, measurement.VoltageVolts) } : now;
        return StepEnds.Find(step, state, now, measurement.TimeSeconds) is { } end
            ? Ended(now, measurement.TimeSeconds, end)
            : Turn(Settling.Mark(now, step), measurement.TimeSeconds);
    }

    /// <summary>Opens the circuit in mid-step. Only a running machine can be paused; others stay as they are.</summary>
    public StepTurn Pause(StepMachineState state, CellMeasurement measurement)
    {
        StepTurn turn = Next(state, measurement);
        return turn.State.Phase == MachinePhase.Running
            ? Turn(turn.State with { Phase = MachinePhase.Paused, PausedAtSeconds = measurement.TimeSeconds }, measurement.TimeSeconds) with { Ended = turn.Ended }
            : turn;
    }

    /// <summary>Goes on where the pause began: time and charge of the step as they were.</summary>
    public StepTurn Resume(StepMachineState state, double timeSeconds) => state.Phase != MachinePhase.Paused
        ? Turn(state, timeSeconds)
        : Turn(state with
        {
            Phase = MachinePhase.Running,
            StepStartSeconds = state.StepStartSeconds + (timeSeconds - state.PausedAtSeconds),
            CountedToSeconds = timeSeconds,
            LastVolts = null,
            LastAmperes = null,
            MarkVolts = null,
        }, timeSeconds);

    /// <summary>Where the program stands: step, block and pass.</summary>
    public ProgramWalk Walk(StepMachineState state)
    {
        var walk = new ProgramWalk(_watch.Shape);
        walk.GoTo(state.StepCount, state.Skipped);
        return walk;
    }

    private static StepMachineState Count(StepMachineState state, CellMeasurement measurement)
    {
        double seconds = measurement.TimeSeconds - state.CountedToSeconds;
        if (seconds < 0)
        {
            throw new ArgumentException($"the measurement lies {-seconds} s before the last one", nameof(measurement));
        }

        if (seconds == 0 && state.LastVolts is null)
        {
            return state; // taken at the switch: it still shows what was before
        }

        double mean = ((state.LastAmperes ?? measurement.CurrentAmperes) + measurement.CurrentAmperes) / 2;
        return state with
        {
            CountedToSeconds = measurement.TimeSeconds,
            StepAmpereHours = state.StepAmpereHours + mean * seconds / SecondsPerHour,
            LastVolts = measurement.VoltageVolts,
            LastAmperes = measurement.CurrentAmperes,
        };
    }

    /// <summary>Two measurements outside a limit in succession, or the stated delay outside: over.</summary>
    private StepMachineState WatchLimits(StepMachineState state, CellMeasurement measurement)
    {
        SafetyLimits limits = _program.Limits;
        if (LimitCheck.Passed(limits, measurement.VoltageVolts, measurement.CurrentAmperes, state.StepAmpereHours) is not { } text)
        {
            return state.MeasurementsOutside == 0 ? state : state with { MeasurementsOutside = 0 };
        }

        int outside = state.MeasurementsOutside + 1;
        double since = outside == 1 ? measurement.TimeSeconds : state.OutsideSinceSeconds;
        bool breach = outside >= MeasurementsForBreach || measurement.TimeSeconds - since >= limits.DelaySeconds;
        return state with
        {
            MeasurementsOutside = outside,
            OutsideSinceSeconds = since,
            Phase = breach ? MachinePhase.LimitPassed : state.Phase,
            StopText = breach ? text : null,
        };
    }

    private StepTurn Turn(StepMachineState now, double timeSeconds) => now.Phase == MachinePhase.Running
        ? new StepTurn(now, SetPoints.Of(StepOf(now), timeSeconds - now.StepStartSeconds), DueAt(now), null)
        : new StepTurn(now, SetPoint.OpenCircuit, null, null);

    private StepTurn Ended(StepMachineState now, double timeSeconds, (EndCause Cause, double CrossedAt) over)
    {
        ProgramWalk walk = Walk(now);
        var ending = new StepEnding(
            now.StepCount, StepOf(now), walk.Pass, over.Cause, timeSeconds, over.CrossedAt, timeSeconds - now.StepStartSeconds, now.StepAmpereHours,
            now.LastVolts ?? 0)
        {
            Place = now.Place,
        };
        if (now.Phase == MachinePhase.LimitPassed)
        {
            return Turn(now, timeSeconds) with { Ended = ending };
        }

        WatchTurn turn = _watch.StepEnded(now.Memory ?? ProgramMemory.Empty, now.Place, now.StepAmpereHours);
        return Turn(After(now, turn, timeSeconds), timeSeconds) with { Ended = ending with { Left = turn.Left } };
    }

    /// <summary>The next step; a measurement that was outside a limit is still remembered.</summary>
    private StepMachineState After(StepMachineState now, WatchTurn turn, double timeSeconds)
    {
        StepMachineState counted = now with { Memory = _watch.HasWork ? turn.Memory : null };
        if (turn.NextPlace >= _watch.Shape.Count)
        {
            return counted with { Phase = MachinePhase.Ended };
        }

        StepMachineState next = counted with
        {
            StepCount = now.StepCount + 1,
            Skipped = now.Skipped + (turn.NextPlace - now.Place - 1),
            StepStartSeconds = timeSeconds,
            CountedToSeconds = timeSeconds,
            StepAmpereHours = 0,
            LastVolts = null,
            LastAmperes = null,
            MarkVolts = null,
        };
        return BaseProblem(next) is { } problem ? next with { Phase = MachinePhase.LimitPassed, StopText = problem } : next;
    }

    private string? BaseProblem(StepMachineState next) =>
        _program.Measured is { } measured && _watch.Shape.At(next.Place)!.Value.Step.Number > measured.LastStep
        && !MeasuredBase.IsPlausible(next.Memory!.MeasuredAmpereHours, _program.NominalCapacityAmpereHours)
            ? MeasuredText.Implausible(next.Memory.MeasuredAmpereHours, _program.NominalCapacityAmpereHours)
            : null;

    private ProgramStep StepOf(StepMachineState state)
    {
        ProgramStep step = _watch.Shape.At(state.Place)!.Value.Step;
        return _program.Measured is { } measured ? measured.Apply(step, state.Memory?.MeasuredAmpereHours ?? _program.NominalCapacityAmpereHours) : step;
    }

    private double? DueAt(StepMachineState state)
    {
        ProgramStep step = StepOf(state);
        double? end = state.StepStartSeconds + StepEnds.Duration(step);
        return Settling.DueAt(state, step) is { } due ? Math.Min(due, end ?? due) : end;
    }
}
