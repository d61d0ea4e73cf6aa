using System.Text.Json.Serialization;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>One gas of a job. <paramref name="UmolPerMg"/> is of the whole cycle, <paramref name="UmolPerMgCharge"/> of the charge alone.</summary>
/// <param name="UmolPerMgSigma">Standard uncertainty: background, calibration, mass, flow, and drift where no internal standard was measured.</param>
internal sealed record GasFigures(
    [property: JsonPropertyName("umol_per_mg")] double? UmolPerMg,
    [property: JsonPropertyName("umol_per_mg_sigma")] double? UmolPerMgSigma,
    [property: JsonPropertyName("umol_per_mg_charge")] double? UmolPerMgCharge,
    [property: JsonPropertyName("onset_mah_g")] double? OnsetMahG,
    [property: JsonPropertyName("onset_v")] double? OnsetV,
    [property: JsonPropertyName("one_percent_mah_g")] double? OnePercentMahG,
    [property: JsonPropertyName("max_flux_pmol_s_mg")] double? MaxFluxPmolSMg,
    [property: JsonPropertyName("open")] bool Open,
    [property: JsonPropertyName("details")] GasEntry Details,
    [property: JsonPropertyName("curve")] GasCurve Curve)
{
    /// <summary>Null unless the onset lies at the end of a gap in the signal: the gas began between here and the onset.</summary>
    [JsonPropertyName("onset_not_before_mah_g")]
    public double? OnsetNotBeforeMahG => Details.OnsetNotBeforeMahG;

    public static GasFigures Of(GasEntry entry, TimedSeries flux, DemsInput input, Electrochemistry cell, Span charge) => new(
        entry.UmolPerMg, entry.UmolPerMgSigma, entry.UmolPerMgCharge, entry.OnsetMahG, entry.OnsetV, entry.OnePercentMahG, entry.MaxFluxPmolSMg, entry.Open,
        entry, GasCurve.Of(flux, input, cell, charge));
}

/// <summary>Flux over the charge, taken back by the delay of the line, as means over even parts of the charge.</summary>
internal sealed record GasCurve(
    [property: JsonPropertyName("q_mah_g")] IReadOnlyList<double> QMahG,
    [property: JsonPropertyName("voltage_v")] IReadOnlyList<double> VoltageV,
    [property: JsonPropertyName("flux_pmol_s_mg")] IReadOnlyList<double> FluxPmolSMg)
{
    private const int Parts = 400;

    public static GasCurve Of(TimedSeries flux, DemsInput input, Electrochemistry cell, Span charge)
    {
        double delay = input.TransitDelayS + input.MixingTimeS;
        double mass = input.ActiveMassMg ?? double.NaN;
        var (capacity, volts, values) = (new List<double>(), new List<double>(), new List<double>());
        double part = (charge.To - charge.From) / Parts;
        for (int index = 0; index < Parts; index++)
        {
            double from = charge.From + (index * part);
            if (flux.Mean(from + delay, from + delay + part) is { } mean)
            {
                capacity.Add(cell.Coulombs(charge.From, from + (part / 2)) / 3.6 / (mass * 1e-3));
                volts.Add(cell.Volts?.At(from + (part / 2)) ?? double.NaN);
                values.Add(mean * 1e12 / mass);
            }
        }

        return new GasCurve(capacity, volts, values);
    }
}
