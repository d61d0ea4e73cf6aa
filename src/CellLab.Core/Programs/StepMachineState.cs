namespace CellLab.Core.Programs;

public enum MachinePhase
{
    Running,

    /// <summary>A person holds it at open circuit; the step's own time stands still.</summary>
    Paused,

    /// <summary>The program ran to its end.</summary>
    Ended,

    /// <summary>A safety limit was passed, or the capacity that currents were to follow from is not plausible: open circuit for good.</summary>
    LimitPassed,
}

/// <summary>Everything a <see cref="StepMachine"/> remembers; plain values, so that it is stored as JSON and a restart goes on with it. Times
/// are those of the measurements.</summary>
/// <param name="StepCount">Executed step, from 1.</param>
/// <param name="StepStartSeconds">Start of the step, later by every pause within it.</param>
/// <param name="CountedToSeconds">Up to here the charge of the step has been counted.</param>
/// <param name="StepAmpereHours">Signed charge of the step so far.</param>
/// <param name="LastVolts">Last measurement of this step that counted; null at its beginning and after a pause.</param>
/// <param name="OutsideSinceSeconds">First measurement of the present run outside a limit.</param>
/// <param name="StopText">Which limit was passed.</param>
/// <param name="Skipped">Steps of the program that were not executed because loops were left early.</param>
/// <param name="MarkVolts">Where the present stretch of a rest began that is to settle; null before.</param>
/// <param name="Memory">What exits and a measured rate base need; null for a program without.</param>
public sealed record StepMachineState(
    MachinePhase Phase,
    int StepCount,
    double StepStartSeconds,
    double CountedToSeconds,
    double StepAmpereHours,
    double? LastVolts = null,
    double? LastAmperes = null,
    int MeasurementsOutside = 0,
    double OutsideSinceSeconds = 0,
    double PausedAtSeconds = 0,
    string? StopText = null,
    long Skipped = 0,
    double? MarkVolts = null,
    double MarkSeconds = 0,
    ProgramMemory? Memory = null)
{
    /// <summary>Of the present step in the whole program, from 0 (<see cref="ProgramWalk.Place"/>).</summary>
    public long Place => StepCount - 1L + Skipped;
}
