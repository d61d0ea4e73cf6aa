namespace CellLab.Drivers.SrsRga;

/// <summary>Figures that the head keeps in its memory; what is null stays as it is.</summary>
/// <param name="SensitivityMilliamperesPerTorr">Partial pressure, 0 to 10 mA/Torr.</param>
/// <param name="TotalSensitivityMilliamperesPerTorr">Total pressure, 0 to 100 mA/Torr.</param>
/// <param name="MultiplierGain">At <paramref name="MultiplierVolts"/>, 0 to 2,000,000.</param>
public sealed record RgaCalibration(
    double? SensitivityMilliamperesPerTorr = null,
    double? TotalSensitivityMilliamperesPerTorr = null,
    double? MultiplierGain = null,
    double? MultiplierVolts = null);
