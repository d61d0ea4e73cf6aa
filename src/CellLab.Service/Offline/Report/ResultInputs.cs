using System.Globalization;
using System.Text.Json;

namespace CellLab.Service.Offline.Report;

/// <summary>Method and inputs of each analysis of a job, one row each; figures of the same kind that have the same inputs share a row.</summary>
internal static class ResultInputs
{
    private static readonly string[] s_inputs =
    [
        "active_mass_mg", "molar_mass_g_mol", "density_g_cm3", "area_cm2", "length_cm", "concentration_mol_cm3", "temperature_k", "carrier_mol_per_s",
        "carrier_uncertainty", "transit_delay_s", "mixing_time_s", "internal_standard_mz", "background_model", "displacement_offset_deg", "wavelength_angstrom", "bin_v", "sigma_v",
        "code", "window_hz", "area_cm2_assumed", "concentration_mol_cm3_assumed",
    ];

    public static IEnumerable<string[]> Of(ReportedJob job)
    {
        if (job.Cycles.Count > 0)
        {
            yield return [job.Label, "cycles", job.Cycles[^1].Method, string.Create(CultureInfo.InvariantCulture, $"active mass {job.ActiveMassMg:0.000} mg, 1C = {job.CRateBaseMahG:0.#} mA/g; counters of the instrument first, integral as check")];
        }

        if (job.Curves.Count > 0)
        {
            yield return [job.Label, "dQ/dV", job.Curves[^1].Method, string.Create(CultureInfo.InvariantCulture, $"bins {job.Curves[^1].BinV} V, Gaussian {job.Curves[^1].SigmaV} V")];
        }

        foreach ((string name, IReadOnlyList<JsonElement> results) in ((string, IReadOnlyList<JsonElement>)[])[("GITT", job.Gitt), ("impedance", job.Impedance), ("gas", job.Gas), ("XRD", job.Patterns)])
        {
            foreach ((string method, string inputs) in results.Select(result => (result.Text("method") ?? "", Inputs(result))).Distinct())
            {
                yield return [job.Label, name, method, inputs];
            }
        }
    }

    private static string Inputs(JsonElement result) => string.Join(", ", s_inputs
        .Select(name => (Name: name, Value: Places(result).Select(place => place.At(name)).FirstOrDefault(value => value is not null)))
        .Where(input => input.Value is not null)
        .Select(input => $"{input.Name} {Text(input.Value!.Value)}"));

    /// <summary>Where a result says what went into it: in a member of its own, at its top, or beside the figure that depends on it.</summary>
    private static IEnumerable<JsonElement> Places(JsonElement result)
    {
        JsonElement?[] places = [result.At("inputs"), result, result.At("xrd"), result.At("eis", "circuit"), .. result.Items("eis", "warburg").Take(1).Select(tail => (JsonElement?)tail)];
        return places.OfType<JsonElement>();
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("G6", CultureInfo.InvariantCulture),
        JsonValueKind.Array => $"{string.Join(" to ", value.EnumerateArray().Select(Text))}",
        _ => value.ToString(),
    };
}
