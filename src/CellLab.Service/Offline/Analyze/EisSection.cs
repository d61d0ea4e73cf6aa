using System.Text.Json.Serialization;

namespace CellLab.Service.Offline.Analyze;

/// <summary>What the impedance analysis says of a spectrum.</summary>
public sealed record EisSection(
    [property: JsonPropertyName("spectrum")] SpectrumEntry Spectrum,
    [property: JsonPropertyName("lin_kk")] IReadOnlyList<LinKkEntry> LinKk,
    [property: JsonPropertyName("circuit")] CircuitEntry? Circuit,
    [property: JsonPropertyName("warburg")] IReadOnlyList<WarburgEntry> Warburg);

public sealed record SpectrumEntry(
    [property: JsonPropertyName("frequency_hz")] IReadOnlyList<double> FrequencyHz,
    [property: JsonPropertyName("re_ohm")] IReadOnlyList<double> ReOhm,
    [property: JsonPropertyName("im_ohm")] IReadOnlyList<double> ImOhm);

/// <param name="Verdict">valid (largest residual up to 1 %), questionable (up to 5 %) or invalid.</param>
/// <param name="QuestionableHz">Frequencies with a residual above 1 %, in the file's order.</param>
/// <param name="LowestValidHz">Ends of the range in which both residuals are below 1 %.</param>
public sealed record LinKkEntry(
    [property: JsonPropertyName("c")] double? C,
    [property: JsonPropertyName("fit")] string Fit,
    [property: JsonPropertyName("m")] int M,
    [property: JsonPropertyName("mu")] double Mu,
    [property: JsonPropertyName("max_abs_residual_re")] double MaxAbsResidualRe,
    [property: JsonPropertyName("max_abs_residual_im")] double MaxAbsResidualIm,
    [property: JsonPropertyName("rms_residual_re")] double RmsResidualRe,
    [property: JsonPropertyName("rms_residual_im")] double RmsResidualIm,
    [property: JsonPropertyName("fit_re_ohm")] IReadOnlyList<double> FitReOhm,
    [property: JsonPropertyName("fit_im_ohm")] IReadOnlyList<double> FitImOhm,
    [property: JsonPropertyName("capacitor")] bool Capacitor,
    [property: JsonPropertyName("verdict")] string Verdict,
    [property: JsonPropertyName("questionable_hz")] IReadOnlyList<double> QuestionableHz,
    [property: JsonPropertyName("lowest_valid_hz")] double? LowestValidHz,
    [property: JsonPropertyName("highest_valid_hz")] double? HighestValidHz,
    [property: JsonPropertyName("method")] string Method);

public sealed record CircuitEntry(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("parameters")] IReadOnlyDictionary<string, ParameterEntry> Parameters,
    [property: JsonPropertyName("rms_relative")] double RmsRelative,
    [property: JsonPropertyName("points")] int Points,
    [property: JsonPropertyName("max_relative")] double MaxRelative,
    [property: JsonPropertyName("chi_squared")] double ChiSquared,
    [property: JsonPropertyName("flags")] IReadOnlyList<string> Flags,
    [property: JsonPropertyName("pairs")] IReadOnlyList<PairEntry> Pairs,
    [property: JsonPropertyName("method")] string Method);

/// <summary>A resistor beside a constant phase element or capacitor, the one with the shorter time constant first.</summary>
public sealed record PairEntry(
    [property: JsonPropertyName("resistor")] string Resistor,
    [property: JsonPropertyName("element")] string Element,
    [property: JsonPropertyName("tau_s")] double TauS,
    [property: JsonPropertyName("effective_capacitance_f")] double EffectiveCapacitanceF);

public sealed record ParameterEntry(
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("sigma")] double? Sigma);

/// <param name="DCm2S">Diffusion coefficient with the area, concentration, temperature and number of electrons beside it, which are assumed unless the settings give them.</param>
public sealed record WarburgEntry(
    [property: JsonPropertyName("lowest_points")] int LowestPoints,
    [property: JsonPropertyName("window_hz")] IReadOnlyList<double> WindowHz,
    [property: JsonPropertyName("sigma_ohm_s05")] double SigmaOhmS05,
    [property: JsonPropertyName("intercept_ohm")] double InterceptOhm,
    [property: JsonPropertyName("r2")] double R2,
    [property: JsonPropertyName("points")] int Points,
    [property: JsonPropertyName("sigma_error_ohm_s05")] double SigmaErrorOhmS05,
    [property: JsonPropertyName("sigma_from_imaginary_ohm_s05")] double SigmaFromImaginaryOhmS05,
    [property: JsonPropertyName("degrees")] double Degrees,
    [property: JsonPropertyName("is_tail")] bool IsTail,
    [property: JsonPropertyName("d_cm2_s")] double DCm2S,
    [property: JsonPropertyName("area_cm2_assumed")] double AreaCm2,
    [property: JsonPropertyName("concentration_mol_cm3_assumed")] double ConcentrationMolCm3,
    [property: JsonPropertyName("temperature_k_assumed")] double TemperatureK,
    [property: JsonPropertyName("electrons_assumed")] int Electrons,
    [property: JsonPropertyName("method")] string Method);
