using System.Text.Json.Serialization;

namespace CellLab.Service.Offline.Analyze;

/// <summary>What the gas analysis says of a file.</summary>
public sealed record DemsSection(
    [property: JsonPropertyName("masses")] IReadOnlyDictionary<string, MassEntry> Masses,
    [property: JsonPropertyName("sweeps")] IReadOnlyList<SweepEntry> Sweeps,
    [property: JsonPropertyName("calibrations")] IReadOnlyList<CalibrationEntry> Calibrations,
    [property: JsonPropertyName("fluxes")] IReadOnlyList<FluxEntry> Fluxes,
    [property: JsonPropertyName("gases")] IReadOnlyDictionary<string, GasEntry> Gases,
    [property: JsonPropertyName("method")] string Method);

public sealed record MassEntry(
    [property: JsonPropertyName("samples")] int Samples,
    [property: JsonPropertyName("first_s")] double FirstS,
    [property: JsonPropertyName("min_a")] double MinA,
    [property: JsonPropertyName("max_a")] double MaxA,
    [property: JsonPropertyName("mean_a")] double MeanA);

public sealed record SweepEntry(
    [property: JsonPropertyName("points")] int Points,
    [property: JsonPropertyName("mz_first")] double MzFirst,
    [property: JsonPropertyName("mz_last")] double MzLast,
    [property: JsonPropertyName("peaks")] IReadOnlyDictionary<string, double> Peaks,
    [property: JsonPropertyName("time_s")] double? TimeS);

public sealed record CalibrationEntry(
    [property: JsonPropertyName("gas")] string Gas,
    [property: JsonPropertyName("mz")] double Mz,
    [property: JsonPropertyName("signal_c")] double SignalC,
    [property: JsonPropertyName("charge_c")] double ChargeC,
    [property: JsonPropertyName("sensitivity_c_per_mol")] double? SensitivityCPerMol);

public sealed record FluxEntry(
    [property: JsonPropertyName("gas")] string Gas,
    [property: JsonPropertyName("mz")] double Mz,
    [property: JsonPropertyName("samples")] int Samples,
    [property: JsonPropertyName("max_mol_s")] double? MaxMolS,
    [property: JsonPropertyName("max_at_s")] double? MaxAtS,
    [property: JsonPropertyName("integral_over_samples_mol")] double IntegralOverSamplesMol,
    [property: JsonPropertyName("integral_with_ends_mol")] double IntegralWithEndsMol);

/// <param name="CalibrationChange">Share by which the calibration after the run lies above the one before.</param>
/// <param name="Open">The gas had not ended by the last sample and nobody told an end.</param>
public sealed record GasEntry(
    [property: JsonPropertyName("umol_per_mg")] double? UmolPerMg,
    [property: JsonPropertyName("umol_per_mg_charge")] double? UmolPerMgCharge,
    [property: JsonPropertyName("onset_mah_g")] double? OnsetMahG,
    [property: JsonPropertyName("onset_v")] double? OnsetV,
    [property: JsonPropertyName("one_percent_mah_g")] double? OnePercentMahG,
    [property: JsonPropertyName("max_flux_pmol_s_mg")] double? MaxFluxPmolSMg,
    [property: JsonPropertyName("onset_s")] double? OnsetS,
    [property: JsonPropertyName("integrated_until_s")] double IntegratedUntilS,
    [property: JsonPropertyName("open")] bool Open,
    [property: JsonPropertyName("missing_s")] double MissingS,
    [property: JsonPropertyName("sigma_pmol_s_mg")] double SigmaPmolSMg,
    [property: JsonPropertyName("calibration")] double Calibration,
    [property: JsonPropertyName("calibration_kind")] string CalibrationKind,
    [property: JsonPropertyName("calibration_change")] double? CalibrationChange,
    [property: JsonPropertyName("background")] IReadOnlyDictionary<string, BackgroundEntry> Background)
{
    /// <summary>Where the onset lies at the end of a gap in the signal: the gas began between here and the onset. Null without such a gap.</summary>
    [JsonPropertyName("onset_not_before_mah_g")]
    public double? OnsetNotBeforeMahG { get; init; }

    /// <summary>Standard uncertainty of <see cref="UmolPerMg"/>.</summary>
    [JsonPropertyName("umol_per_mg_sigma")]
    public double? UmolPerMgSigma { get; init; }
}

public sealed record BackgroundEntry(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("a")] double A,
    [property: JsonPropertyName("b")] double B,
    [property: JsonPropertyName("decay_s")] double? DecayS);
