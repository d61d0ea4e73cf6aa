using System.Text.Json;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>What a job's events say of its mass spectrometer and gas line.</summary>
/// <param name="CarrierMolPerS">Null where nobody told it: amounts cannot be given.</param>
internal sealed record GasLine(
    string? Device, string? Serial, double? CarrierMolPerS, double? CarrierUncertainty, double? TransitDelayS, double? MixingTimeS, IReadOnlyList<BottleGas> Bottle)
{
    /// <summary>Gases that a text may name; of a text that names none of them every gas is taken to have the stated fraction.</summary>
    private static readonly string[] s_gases = ["O2", "CO2", "CO", "H2", "N2", "CH4", "C2H4", "H2O"];

    private static readonly char[] s_between = [' ', ',', ';', '+', '/', '(', ')'];

    public static GasLine None { get; } = new(null, null, null, null, null, null, []);

    /// <summary>From the data of the events <c>ms-setup</c> and <c>ms-phase</c>, in order; the last setup holds.</summary>
    public static GasLine Of(IEnumerable<(string Kind, JsonElement Data)> events)
    {
        GasLine line = None;
        var bottle = new Dictionary<string, double>();
        foreach ((string kind, JsonElement data) in events)
        {
            if (kind == "ms-setup")
            {
                line = new GasLine(
                    Text(data, "device"), Text(data, "serial"), Number(data, "carrier", "mol_per_s"), Number(data, "carrier", "relative_uncertainty"),
                    Number(data, "transit_delay_s"), Number(data, "mixing_time_s"), []);
            }
            else if (Number(data, "fraction_ppm") is { } ppm)
            {
                foreach (string gas in GasesIn(Text(data, "gas") ?? ""))
                {
                    bottle[gas] = ppm;
                }
            }
        }

        return line with { Bottle = [.. bottle.Select(gas => new BottleGas(gas.Key, gas.Value))] };
    }

    private static string[] GasesIn(string text) =>
        text.Split(s_between).Intersect(s_gases).ToArray() is { Length: > 0 } named ? named : ["O2", "CO2"];

    private static string? Text(JsonElement data, string name) => At(data, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement data, params ReadOnlySpan<string> path) => At(data, path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static JsonElement? At(JsonElement data, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out data))
            {
                return null;
            }
        }

        return data;
    }
}

/// <summary>Mole fraction of a gas in the calibration bottle.</summary>
internal sealed record BottleGas(string Gas, double Ppm);
