namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>What was found at connect.</summary>
/// <param name="SensitivityMilliamperesPerTorr">Stored partial-pressure sensitivity; 0 when none is stored.</param>
/// <param name="TotalSensitivityMilliamperesPerTorr">Stored total-pressure sensitivity; 0 when none is stored.</param>
internal sealed record RgaHead(
    int HighestMass, bool MultiplierFitted, double SensitivityMilliamperesPerTorr, double TotalSensitivityMilliamperesPerTorr, double MultiplierGain);
