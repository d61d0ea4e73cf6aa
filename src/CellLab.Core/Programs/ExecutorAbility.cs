namespace CellLab.Core.Programs;

/// <summary>What whoever executes a program can decide alone, without a service that watches it.</summary>
/// <param name="JudgesExits">It leaves loops by their exits; otherwise its loops only count.</param>
/// <param name="MeasuresCapacity">It makes currents of a capacity that it has measured itself; otherwise its currents are fixed at the start.</param>
public sealed record ExecutorAbility(bool JudgesExits, bool MeasuresCapacity)
{
    /// <summary>The service steps it with a <see cref="StepMachine"/>.</summary>
    public static ExecutorAbility SteppedByService { get; } = new(true, true);

    /// <summary>An instrument runs it alone (NEWARE).</summary>
    public static ExecutorAbility InstrumentAlone { get; } = new(false, false);
}
