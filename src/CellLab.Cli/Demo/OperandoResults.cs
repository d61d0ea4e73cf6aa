using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.HardwareSim.Expected;

namespace CellLab.Cli.Demo;

/// <summary>What the instruments beside the cycler found, from the results of the analyses.</summary>
internal static class OperandoResults
{
    private const int MostFirstCycleRows = 3;

    /// <summary>Gas and impedance, then the rate map.</summary>
    public static DemoFigures Flow(DemoAnswers answers, string material)
    {
        JsonElement? oxygen = answers.Results["dems"] is [.., { ValueKind: JsonValueKind.Object } gas] ? gas.At("gases.O2") : null;
        var members = new JsonObject
        {
            ["o2_umol_per_mg"] = oxygen?.NumberOf("umol_per_mg"),
            ["o2_onset_mah_g"] = oxygen?.NumberOf("onset_mah_g"),
            ["o2_one_percent_mah_g"] = oxygen?.NumberOf("one_percent_mah_g"),
            ["eis_d_before_cm2_s"] = answers.Results["eis"] is [var spectrum, ..] ? DiffusionOf(spectrum) : null,
        };
        return new DemoFigures(
            [.. Compare(members, ExpectedOperando.Flow(material)), .. DemoResults.Compare(ExpectedCell.Of(material), answers.Cycles, allRates: true)],
            new JsonObject { ["operando"] = members });
    }

    /// <summary>Positions of (003) over the first cycle.</summary>
    public static DemoFigures Beam(DemoAnswers answers, string material)
    {
        double[] positions = [.. answers.Results["xrd"].Select(pattern => pattern.NumberOf("xrd.peaks.003.position_deg") - (pattern.NumberOf("xrd.displacement_offset_deg") ?? 0)).OfType<double>()];
        var members = new JsonObject
        {
            ["xrd_003_low_deg"] = positions.Length > 0 ? positions.Min() : null,
            ["xrd_003_high_deg"] = positions.Length > 0 ? positions.Max() : null,
        };
        return new DemoFigures(
            [.. Compare(members, ExpectedOperando.Beam(material)), .. DemoResults.Compare(ExpectedCell.Of(material), answers.Cycles, allRates: false).Take(MostFirstCycleRows)],
            new JsonObject { ["operando"] = members })
        {
            Notes = [.. ExpectedOperando.BeamNotes, $"{positions.Length} patterns in the cell with the X-ray window, another cell than the one in the gas flow."],
        };
    }

    /// <summary>By the slope of the diffusion tail in the default window; null without it.</summary>
    public static double? DiffusionOf(JsonElement spectrum) =>
        spectrum.ValueKind == JsonValueKind.Object && spectrum.At("eis") is { } eis ? eis.Items("warburg").FirstOrDefault() is { ValueKind: JsonValueKind.Object } tail ? tail.NumberOf("d_cm2_s") : null : null;

    private static IEnumerable<Comparison> Compare(JsonObject members, IReadOnlyList<ExpectedFigure> expected) => expected.Select(figure =>
        new Comparison(figure.Quantity, figure.Unit, (double?)members[figure.Member], figure.Value, figure.IsPercent ? Tolerance.Percent(figure.Tolerance) : Tolerance.Of(figure.Tolerance))
        {
            Format = figure.Format,
            Paper = figure.Paper,
        });
}
