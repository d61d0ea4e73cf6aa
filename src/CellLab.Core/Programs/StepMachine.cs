using CellLab.Core.Safety;

namespace CellLab.Core.Programs;

/// <summary>Steps a program: state and measurement to set-point or next step. Pure: the same for a host that drives an output, for an
/// instrument's simulation and for a rehearsal. A step's charge is the trapezoid of its own measurements; the stretch before its first one counts
/// with that first current.</summary>
public sealed class StepMachine
{
    private const int MeasurementsForBreach = 2;
    private const double SecondsPerHour = 3600;

    private readonly CellProgram _program;
    private readonly int _totalSteps;

    /// <exception cref="ArgumentException">The program's loops cross.</exception>
    public StepMachine(CellProgram program)
    {
        _program = program;
        _totalSteps = ProgramWalk.CountOf(program);
    }

    public StepTurn Start(double timeSeconds) =>
        Turn(new StepMachineState(_totalSteps > 0 ? MachinePhase.Running : MachinePhase.Ended, 1, timeSeconds, timeSeconds, 0), timeSeconds);

    /// <exception cref="ArgumentException">The measurement lies before the last one.</exception>
    public StepTurn Next(StepMachineState state, CellMeasurement measurement)
    {
        if (state.Phase != MachinePhase.Running)
        {
            return Turn(state, measurement.TimeSeconds);
        }

        StepMachineState now = Watch(Count(state, measurement), measurement);
        if (now.Phase == MachinePhase.LimitPassed)
        {
            return Turn(now, measurement.TimeSeconds, (EndCause.Limit, measurement.TimeSeconds));
        }

        bool any = now.LastVolts is not null;
        return any && StepEnds.Find(Walk(now).Current!, state, now, measurement.TimeSeconds) is { } end
            ? Turn(now, measurement.TimeSeconds, end)
            : Turn(now, measurement.TimeSeconds);
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
        }, timeSeconds);

    /// <summary>Where the program stands: step, block and pass.</summary>
    public ProgramWalk Walk(StepMachineState state)
    {
        var walk = new ProgramWalk(_program);
        walk.MoveTo(state.StepCount);
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
    private StepMachineState Watch(StepMachineState state, CellMeasurement measurement)
    {
        SafetyLimits limits = _program.Limits;
        if (LimitCheck.Passed(limits, measurement.VoltageVolts, measurement.CurrentAmperes, state.StepAmpereHours) is not { } text)
        {
            return state with { MeasurementsOutside = 0 };
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

    private StepTurn Turn(StepMachineState now, double timeSeconds, (EndCause Cause, double CrossedAt)? end = null)
    {
        if (end is not { } over)
        {
            return new StepTurn(now, SetPointOf(now, timeSeconds), DueAt(now), null);
        }

        ProgramWalk walk = Walk(now);
        var ending = new StepEnding(
            now.StepCount, walk.Current!, walk.Pass, over.Cause, timeSeconds, over.CrossedAt, timeSeconds - now.StepStartSeconds, now.StepAmpereHours,
            now.LastVolts ?? 0);
        StepMachineState next = now.Phase == MachinePhase.LimitPassed ? now : After(now, timeSeconds);
        return new StepTurn(next, SetPointOf(next, timeSeconds), DueAt(next), ending);
    }

    /// <summary>The next step; a measurement that was outside a limit is still remembered.</summary>
    private StepMachineState After(StepMachineState now, double timeSeconds) => now with
    {
        Phase = now.StepCount < _totalSteps ? MachinePhase.Running : MachinePhase.Ended,
        StepCount = now.StepCount < _totalSteps ? now.StepCount + 1 : now.StepCount,
        StepStartSeconds = timeSeconds,
        CountedToSeconds = timeSeconds,
        StepAmpereHours = 0,
        LastVolts = null,
        LastAmperes = null,
    };

    private double? DueAt(StepMachineState state) => state.Phase == MachinePhase.Running
        ? state.StepStartSeconds + StepEnds.Duration(Walk(state).Current!)
        : null;

    private SetPoint SetPointOf(StepMachineState state, double timeSeconds) => state.Phase != MachinePhase.Running
        ? SetPoint.OpenCircuit
        : Walk(state).Current switch
        {
            CurrentStep current => new CurrentSetPoint(current.CurrentAmperes),
            VoltageStep hold => new VoltageSetPoint(hold.VoltageVolts, Math.Abs(hold.StartCurrentAmperes ?? 0) is > 0 and var limit ? limit : null, hold.Charging),
            ScanStep scan => new VoltageSetPoint(ScanVolts(scan, timeSeconds - state.StepStartSeconds), null),
            _ => SetPoint.OpenCircuit,
        };

    private static double ScanVolts(ScanStep scan, double stepSeconds)
    {
        double way = scan.EndVolts - scan.StartVolts;
        double gone = Math.Min(scan.VoltsPerSecond * stepSeconds, Math.Abs(way));
        return scan.StartVolts + Math.Sign(way) * gone;
    }
}
