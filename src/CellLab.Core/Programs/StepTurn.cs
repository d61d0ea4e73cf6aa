namespace CellLab.Core.Programs;

/// <summary><see cref="Settled"/>: a rest whose voltage hardly moves any more.</summary>
public enum EndCause { Time, Voltage, Current, Capacity, Limit, Settled }

/// <summary>How an executed step ended. <paramref name="AtSeconds"/> is the measurement that showed it; <paramref name="CrossedAtSeconds"/> where,
/// by a straight line between the last two measurements, the end was reached.</summary>
/// <param name="Step">With the current that it really had, where 1C was measured in the test.</param>
/// <param name="AmpereHours">Signed charge of the whole step.</param>
public sealed record StepEnding(
    int StepCount, ProgramStep Step, int Pass, EndCause Cause, double AtSeconds, double CrossedAtSeconds, double DurationSeconds, double AmpereHours,
    double VoltageVolts)
{
    /// <summary>Of the step in the whole program, from 0 (<see cref="ProgramWalk.Place"/>).</summary>
    public long Place { get; init; }

    /// <summary>The loop that was left early with this step; null otherwise.</summary>
    public LoopLeft? Left { get; init; }
}

/// <summary>What follows from one measurement. <paramref name="DueAtSeconds"/>: measure at this time at the latest (the step ends then by its
/// time, or whether a rest has settled is judged); null when only the cell decides.</summary>
public sealed record StepTurn(StepMachineState State, SetPoint SetPoint, double? DueAtSeconds, StepEnding? Ended);
