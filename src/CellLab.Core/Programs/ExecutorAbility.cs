using CellLab.Core.Samples;

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

    /// <summary>Of whoever runs this program on a channel. A service that steps it judges exits within one segment only: a program that is divided for another
    /// reason (steps of other instruments, a measured rate base), or whose cycles begin with a discharge, is watched from outside as on a tester.</summary>
    public static ExecutorAbility For(CellProgram program, bool steppedByService, LeadingDirection leading = LeadingDirection.Charge) =>
        steppedByService && program.Measured is null && !program.Steps.Any(step => step is OtherInstrumentStep { StopsCycler: true })
        && (leading == LeadingDirection.Charge || program.Steps.OfType<LoopStep>().All(loop => loop.Exits?.CapacityFraction is null))
            ? SteppedByService
            : InstrumentAlone;
}
