using System.Text.Json;
using CellLab.Analysis.Impedance;

namespace CellLab.Service.Offline.Report.Figures;

/// <summary>The fitted circuit of a spectrum at the frequencies that were measured.</summary>
internal static class CircuitCurve
{
    /// <returns>Z' and -Z'' in ohm, in order of frequency; empty without a fit.</returns>
    public static IReadOnlyList<(double Real, double MinusImaginary)> Of(JsonElement spectrum)
    {
        if (spectrum.Text("eis", "circuit", "code") is not { } code)
        {
            return [];
        }

        Circuit circuit = Circuit.Parse(code);
        double[] values = [.. circuit.Names.Select(name => spectrum.Number("eis", "circuit", "parameters", name, "value") ?? double.NaN)];
        if (!values.All(double.IsFinite))
        {
            return [];
        }

        double[] hertz = [.. (spectrum.At("eis", "spectrum")?.Column("frequency_hz") ?? []).Where(value => value > 0).Order()];
        return [.. hertz.Select(value => circuit.At(value, values)).Select(ohms => (ohms.Real, -ohms.Imaginary))];
    }
}
