namespace CellLab.Core.Programs;

public enum EndCause { Time, Voltage, Current, Capacity, Limit }

/// <summary>How an executed step ended. <paramref name="AtSeconds"/> is the measurement that showed it; <paramref name="CrossedAtSeconds"/> where,
/// by a straight line between the last two measurements, the end was reached.</summary>
/// <param name="AmpereHours">Signed charge of the whole step.</param>
public sealed record StepEnding(
    int StepCount, ProgramStep Step, int Pass, EndCause Cause, double AtSeconds, double CrossedAtSeconds, double DurationSeconds, double AmpereHours,
    double VoltageVolts);

/// <summary>What follows from one measurement. <paramref name="DueAtSeconds"/>: measure at this time at the latest (the step ends then by its
/// time); null when only the cell decides.</summary>
public sealed record StepTurn(StepMachineState State, SetPoint SetPoint, double? DueAtSeconds, StepEnding? Ended);
