using System.Globalization;
using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>The programme of the how-to page, taken from the page as it stands: previewed, submitted, run on the bench by both materials. The run agrees with
/// the cell model's figures and with what the preview said. All 200 cycles with <c>./celllab test --long</c>, the first six always.</summary>
public sealed class HowToProtocolTests
{
    private const int MostLines = 20;

    /// <summary>Of a capacity, for cycling on an instrument with its errors.</summary>
    private const double Share = 0.01;

    private static readonly int s_cycles = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 200 : 6;

    [Fact]
    public async Task The_programme_of_the_page_runs_as_the_page_and_the_preview_and_the_cell_model_say()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 5000 });
        string text = Example();
        Assert.InRange(text.TrimEnd().Split('\n').Length, 1, MostLines - 1);
        string file = lab.Folder.Write("my-test.yaml", text);
        (string Pipeline, string Sample, string Cell)[] cells = [("coin-1", "lmno-1", "LMNO"), ("coin-2", "lmnpo-vo-1", "LMNPO-VO")];
        JsonElement[] previews = [await PreviewAsync(lab, file, cells[0].Cell), await PreviewAsync(lab, file, cells[1].Cell)];
        string[] jobs = [await SubmitAsync(lab, file, cells[0].Pipeline, cells[0].Sample), await SubmitAsync(lab, file, cells[1].Pipeline, cells[1].Sample)];

        for (int i = 0; i < cells.Length; i++)
        {
            await lab.WaitAsync(jobs[i], "to end with all its records analysed", answer => answer.IsSettled() && answer.State() == "Completed", 600);
            JsonElement[] run = [.. (await lab.Api.GetAsync($"jobs/{jobs[i]}/cycles")).GetProperty("cycles").EnumerateArray()];
            Assert.Equal(s_cycles + 1, run.Length);
            AgreesWithModel(cells[i].Cell, run);
            AgreesWithPreview(previews[i], run);
        }
    }

    private static void AgreesWithModel(string cell, JsonElement[] run)
    {
        (double charge, double discharge) = cell == "LMNO" ? (322.1, 246.1) : (294.8, 250.1);
        Near(charge, Number(run[0], "charge_mah_g"));
        Near(discharge, Number(run[0], "discharge_mah_g"));
        double[] model = Model(cell);
        for (int cycle = 1; cycle <= s_cycles; cycle++)
        {
            Near(model[cycle - 1], Number(run[cycle], "discharge_mah_g"));
        }
    }

    private static void AgreesWithPreview(JsonElement preview, JsonElement[] run)
    {
        JsonElement[] cycles = [.. preview.GetProperty("cycles").EnumerateArray()];
        Assert.Equal(cycles.Length, run.Length);
        foreach ((JsonElement said, JsonElement done) in cycles.Zip(run))
        {
            Near(Number(said, "charge_mah_g"), Number(done, "charge_mah_g"));
            Near(Number(said, "discharge_mah_g"), Number(done, "discharge_mah_g"));
        }
    }

    /// <summary>Discharge capacities at 1C after one cycle at 0.1C, by the reference table of the cell model.</summary>
    private static double[] Model(string cell)
    {
        string table = Path.Combine(App.Root, "hardware-sim", "CellModel", "Data", $"cycles-{cell.ToLowerInvariant()}-1c.csv");
        return [.. File.ReadLines(table).Skip(1).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];
    }

    private static string Example() =>
        File.ReadAllText(Path.Combine(App.Root, "docs", "how-to", "write-your-own-protocol.md")).Split("```yaml\n")[1].Split("```")[0];

    private static async Task<JsonElement> PreviewAsync(Lab lab, string file, string cell)
    {
        RunResult result = await lab.CliAsync(
            "protocol", "preview", file, "--mass", "2.00mg", "--capacity", "250mAh/g", "--cell", cell, "--set", Setting(), "--pipeline", "coin-1", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static async Task<string> SubmitAsync(Lab lab, string file, string pipeline, string sample)
    {
        RunResult result = await lab.CliAsync(
            "job", "submit", file, "--pipeline", pipeline, "--sample", sample, "--mass", "2.00mg", "--capacity", "250mAh/g", "--set", Setting(), "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("job").GetString()!;
    }

    private static string Setting() => string.Create(CultureInfo.InvariantCulture, $"cycles={s_cycles}");

    private static void Near(double expected, double measured) => Assert.InRange(measured, expected * (1 - Share), expected * (1 + Share));

    private static double Number(JsonElement cycle, string member) => cycle.GetProperty(member).GetDouble();
}
