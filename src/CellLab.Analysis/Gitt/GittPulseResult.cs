using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Analysis.Gitt;

/// <summary>One pulse of a job with everything D depends on. D in cm2/s, null where it is refused.</summary>
public sealed record GittPulseResult
{
    /// <summary>Sequence number of the first record with current.</summary>
    [JsonPropertyName("first_record")] public required long FirstRecord { get; init; }
    [JsonPropertyName("start_s")] public required double StartS { get; init; }
    [JsonPropertyName("tau_s")] public required double TauS { get; init; }
    [JsonPropertyName("current_a")] public required double CurrentA { get; init; }
    [JsonPropertyName("rest_v")] public required double RestV { get; init; }
    [JsonPropertyName("rest_after_v")] public required double RestAfterV { get; init; }
    [JsonPropertyName("d_es_v")] public required double DEsV { get; init; }
    [JsonPropertyName("d_et_v")] public double? DEtV { get; init; }
    [JsonPropertyName("d_cm2_s")] public double? DCm2S { get; init; }
    [JsonPropertyName("d_whole_pulse_cm2_s")] public double? DWholePulseCm2S { get; init; }
    [JsonPropertyName("theta_fit")] public double? ThetaFit { get; init; }
    [JsonPropertyName("series_resistance_ohm")] public double? SeriesResistanceOhm { get; init; }
    [JsonPropertyName("r2")] public double? R2 { get; init; }
    [JsonPropertyName("window_s")] public required IReadOnlyList<double> WindowS { get; init; }
    [JsonPropertyName("points")] public required int Points { get; init; }
    [JsonPropertyName("flags")] public required IReadOnlyList<string> Flags { get; init; }
    [JsonPropertyName("active_mass_mg")] public required double ActiveMassMg { get; init; }
    [JsonPropertyName("sample_version")] public int? SampleVersion { get; init; }
    [JsonPropertyName("molar_mass_g_mol")] public required double MolarMassGMol { get; init; }
    [JsonPropertyName("density_g_cm3")] public required double DensityGCm3 { get; init; }
    [JsonPropertyName("area_cm2")] public required double AreaCm2 { get; init; }
    [JsonPropertyName("length_cm")] public required double LengthCm { get; init; }
    [JsonPropertyName("method")] public required string Method { get; init; }

    public static GittPulseResult Of(GittPulse pulse, GittResult result, GittInputs inputs, long firstRecord) => new()
    {
        FirstRecord = firstRecord,
        StartS = pulse.StartSeconds,
        TauS = pulse.DurationSeconds,
        CurrentA = pulse.Amperes,
        RestV = pulse.RestVoltsBefore,
        RestAfterV = pulse.RestVoltsAfter,
        DEsV = result.SteadyVolts,
        DEtV = Finite(result.TransientVolts),
        DCm2S = Finite(result.Diffusion),
        DWholePulseCm2S = Finite(result.DiffusionWholePulse),
        ThetaFit = Finite(result.ThetaFit),
        SeriesResistanceOhm = Finite(result.SeriesOhms),
        R2 = Finite(result.RSquared),
        WindowS = [result.FitFromSeconds, result.FitToSeconds],
        Points = result.FitPoints,
        Flags = result.Flags,
        ActiveMassMg = inputs.ActiveMassMg,
        SampleVersion = inputs.SampleVersion,
        MolarMassGMol = inputs.MolarMassGMol,
        DensityGCm3 = inputs.DensityGCm3,
        AreaCm2 = inputs.AreaCm2,
        LengthCm = inputs.LengthCm,
        Method = GittAnalysis.MethodVersion,
    };

    public static GittPulseResult FromJson(string json) => JsonSerializer.Deserialize(json, GittPulseResultContext.Default.GittPulseResult)!;

    /// <summary>The same pulse with other figures of the electrode: D goes with the square of the length, everything else is of the pulse alone.</summary>
    public GittPulseResult With(GittInputs inputs)
    {
        double factor = Math.Pow(inputs.LengthCm / LengthCm, 2);
        return this with
        {
            DCm2S = DCm2S * factor,
            DWholePulseCm2S = DWholePulseCm2S * factor,
            ActiveMassMg = inputs.ActiveMassMg,
            SampleVersion = inputs.SampleVersion,
            MolarMassGMol = inputs.MolarMassGMol,
            DensityGCm3 = inputs.DensityGCm3,
            AreaCm2 = inputs.AreaCm2,
            LengthCm = inputs.LengthCm,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, GittPulseResultContext.Default.GittPulseResult);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

[JsonSerializable(typeof(GittPulseResult))]
internal sealed partial class GittPulseResultContext : JsonSerializerContext;
