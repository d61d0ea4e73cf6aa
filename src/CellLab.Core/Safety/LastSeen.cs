namespace CellLab.Core.Safety;

/// <summary>Where a used cell was last seen at open circuit, and how much further it may have relaxed since, beyond the tolerance for every used cell.</summary>
/// <param name="MayFallVolts">Not negative.</param>
/// <param name="MayRiseVolts">Not negative.</param>
public readonly record struct LastSeen(double Volts, double MayFallVolts = 0, double MayRiseVolts = 0)
{
    /// <summary>A cell that is taken out minutes after the current ended relaxes for hours or days until it is back; an electrode with a wide hysteresis by more than a tenth of a volt.</summary>
    public const double RelaxesByVolts = 0.200;

    /// <summary>Taken out by a person soon after a current: the voltage goes away from where the current drove it, and which way is not known after a rest.</summary>
    /// <param name="lastAmperes">Of the last record, positive while charging; null or 0: not known.</param>
    public static LastSeen TakenOut(double volts, double? lastAmperes) =>
        new(volts, lastAmperes < 0 ? 0 : RelaxesByVolts, lastAmperes > 0 ? 0 : RelaxesByVolts);
}
