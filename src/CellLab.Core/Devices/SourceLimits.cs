namespace CellLab.Core.Devices;

/// <summary>What an output must never pass by itself, also when nobody talks to it. Magnitudes; null where there is no limit.</summary>
public sealed record SourceLimits(
    double? MaxVolts, double? MinVolts, double? MaxChargeAmperes, double? MaxDischargeAmperes);
