using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Analyze;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>Gases of a job with everything that went in. Provisional until the background after the gas is there.</summary>
internal sealed record DemsResult(
    [property: JsonPropertyName("gases")] IReadOnlyDictionary<string, GasFigures> Gases,
    [property: JsonPropertyName("provisional")] bool Provisional,
    [property: JsonPropertyName("charge_span_s")] IReadOnlyList<double> ChargeSpanS,
    [property: JsonPropertyName("origin_utc")] DateTimeOffset OriginUtc,
    [property: JsonPropertyName("inputs")] DemsInputs Inputs,
    [property: JsonPropertyName("rows")] int Rows,
    [property: JsonPropertyName("findings")] IReadOnlyList<FindingEntry> Findings)
{
    public const string MethodVersion = $"{GasAmount.MethodVersion}, {Onset.MethodVersion}, gas-job-1";

    [JsonPropertyName("method")]
    public string Method { get; } = MethodVersion;

    public static DemsResult Of(
        GasSignals signals, GasLine line, DemsInput input, bool provisional, GasFluxes run, Span charge, Electrochemistry cell, FindingLog log)
    {
        if (signals.Detectors.Count > 1)
        {
            log.Warning("detector", null, null, $"the detector's setting changed ({string.Join(", ", signals.Detectors)}); a calibration holds for one only");
        }

        return new DemsResult(
            run.Gases.ToDictionary(gas => gas.Key, gas => GasFigures.Of(gas.Value, run.Fluxes[gas.Key], input, cell, charge)),
            provisional, [charge.From, charge.To], signals.Origin, DemsInputs.Of(input, line), signals.Rows, [.. log.ToList().Select(FindingEntry.Of)]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, AnalyzeResult.Json);
}

/// <summary>What the figures depend on.</summary>
internal sealed record DemsInputs(
    [property: JsonPropertyName("device")] string? Device,
    [property: JsonPropertyName("serial")] string? Serial,
    [property: JsonPropertyName("active_mass_mg")] double? ActiveMassMg,
    [property: JsonPropertyName("carrier_mol_per_s")] double? CarrierMolPerS,
    [property: JsonPropertyName("carrier_uncertainty")] double? CarrierUncertainty,
    [property: JsonPropertyName("transit_delay_s")] double TransitDelayS,
    [property: JsonPropertyName("mixing_time_s")] double MixingTimeS,
    [property: JsonPropertyName("internal_standard_mz")] string? InternalStandardMz,
    [property: JsonPropertyName("background_model")] string BackgroundModel,
    [property: JsonPropertyName("background_span_s")] IReadOnlyList<double> BackgroundSpanS,
    [property: JsonPropertyName("background_span_after_s")] IReadOnlyList<double>? BackgroundSpanAfterS,
    [property: JsonPropertyName("calibration_span_s")] IReadOnlyList<double>? CalibrationSpanS,
    [property: JsonPropertyName("calibration_span_after_s")] IReadOnlyList<double>? CalibrationSpanAfterS,
    [property: JsonPropertyName("bottle_ppm")] IReadOnlyDictionary<string, double> BottlePpm)
{
    [JsonPropertyName("sample_version")]
    public int? SampleVersion { get; init; }

    public static DemsInputs Of(DemsInput input, GasLine line) => new(
        line.Device, line.Serial, input.ActiveMassMg, input.CarrierMolPerS, line.CarrierUncertainty, input.TransitDelayS, input.MixingTimeS, input.InternalStandardMz,
        "exponential", Both(input.BackgroundSpan)!, Both(input.BackgroundSpanAfter), Both(input.CalibrationSpan), Both(input.CalibrationSpanAfter), input.CalibrationGasPpm);

    private static double[]? Both(Span? span) => span is { } known ? [known.From, known.To] : null;
}
