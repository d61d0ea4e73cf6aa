using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.HardwareSim.Expected;

namespace CellLab.Cli.Demo;

/// <summary>Fade of a life test, from the results of the analysis.</summary>
internal static class LifeResults
{
    private const string LifeBlock = "life";

    private static readonly string[] s_members =
    [
        "rate_c", "cycles", "retention_first_percent", "retention_best_percent", "first_discharge_mah_g", "last_discharge_mah_g", "first_mean_discharge_voltage_v",
        "voltage_decay_two_point_percent_per_cycle", "voltage_decay_least_squares_percent_per_cycle", "energy_retention_percent",
    ];

    public static DemoFigures Of(DemoAnswers answers, ExpectedLife expected)
    {
        JsonElement? block = answers.Results["life"] is [.., { ValueKind: JsonValueKind.Object } result]
            ? result.Items("blocks").Where(one => one.TextOf("block") == LifeBlock).Select(one => (JsonElement?)one).FirstOrDefault() : null;
        double? diffusion = answers.Results["eis"] is [.., var spectrum] ? OperandoResults.DiffusionOf(spectrum) : null;
        var life = new JsonObject();
        foreach (string member in s_members)
        {
            life[member] = block?.NumberOf(member);
        }

        life["eis_d_after_cm2_s"] = diffusion;
        var comparisons = new List<Comparison>();
        foreach (ExpectedFigure figure in expected.Figures)
        {
            double? measured = figure.Member == ExpectedLife.DiffusionMember ? diffusion : block?.NumberOf(figure.Member);
            comparisons.Add(new Comparison(figure.Quantity, figure.Unit, measured, figure.Value, figure.IsPercent ? Tolerance.Percent(figure.Tolerance) : Tolerance.Of(figure.Tolerance))
            {
                Format = figure.Format,
                Paper = figure.Paper,
            });
        }

        return new DemoFigures(comparisons, new JsonObject { ["life"] = new JsonArray(life) }) { Notes = expected.Notes };
    }
}
