namespace CellLab.Core.Programs;

/// <summary>What 1C is, is measured in the test itself: the discharge capacity of pass <paramref name="Pass"/> of the steps
/// <paramref name="FirstStep"/> to <paramref name="LastStep"/>. Every rate after them follows from it; up to them the nominal capacity counts.
/// The steps stand in no other loop.</summary>
/// <param name="LastStep">Where the measuring block is a loop, its loop step.</param>
public sealed record MeasuredBase(string Block, int FirstStep, int LastStep, int Pass)
{
    /// <summary>A measured capacity outside these shares of the nominal one is a fault of cell or mass: no current is made of it.</summary>
    public const double SmallestShare = 0.2;
    public const double LargestShare = 3;

    public static bool IsPlausible(double measuredAmpereHours, double nominalAmpereHours) =>
        measuredAmpereHours >= SmallestShare * nominalAmpereHours && measuredAmpereHours <= LargestShare * nominalAmpereHours;

    /// <summary>The step with its currents by the measured capacity; steps up to <see cref="LastStep"/> and those without a rate stay.</summary>
    public ProgramStep Apply(ProgramStep step, double measuredAmpereHours) => step.Number <= LastStep ? step : step switch
    {
        CurrentStep { RateC: { } rate } current => current with { CurrentAmperes = rate * measuredAmpereHours },
        VoltageStep hold => hold with
        {
            UntilCurrentAmperes = hold.UntilRateC * measuredAmpereHours ?? hold.UntilCurrentAmperes,
            StartCurrentAmperes = hold.StartRateC * measuredAmpereHours ?? hold.StartCurrentAmperes,
        },
        _ => step,
    };
}
