namespace CellLab.Core.Time;

/// <summary>The two clocks, handed on as one so that nobody takes the wrong one by accident.
/// Lab time is what happens to the cell (record stamps, schedules, poll plans); wall time is what happens to wires and processes
/// (time-outs, back-off, keep-alive). The system clock is reached in no other way.</summary>
public sealed record Clocks(LabClock Lab, TimeProvider Wall)
{
    /// <summary>Both clocks real: lab time is UTC.</summary>
    public static Clocks RealTime { get; } = new(new LabClock(FixedLabTime.RealTime, TimeProvider.System), TimeProvider.System);
}
