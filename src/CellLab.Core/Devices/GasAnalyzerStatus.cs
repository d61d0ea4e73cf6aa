namespace CellLab.Core.Devices;

/// <summary>How a mass spectrometer stands. Values that it does not tell are null.</summary>
/// <param name="EmissionAmperes">0 when the source is off.</param>
/// <param name="MultiplierVolts">0 when the Faraday cup collects.</param>
/// <param name="SensitivityAmperesPerPascal">Stored partial-pressure sensitivity, without the multiplier's gain.</param>
/// <param name="MultiplierGain">As stored in the instrument.</param>
/// <param name="Measuring">A plan of ours runs.</param>
/// <param name="Errors">One sentence for each error that the instrument reports; empty when healthy.</param>
public sealed record GasAnalyzerStatus(
    bool EmissionOn,
    double? EmissionAmperes,
    double? MultiplierVolts,
    double? SensitivityAmperesPerPascal,
    double? MultiplierGain,
    int HighestMass,
    bool Measuring,
    IReadOnlyList<string> Errors);
