using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>A cell is brought to a state, taken out, put back relaxed, and taken out again at the end.</summary>
public sealed class HarvestTests
{
    private const string Protocol = """
        celllab_protocol: 1
        window: 2.0-4.8 V
        method:
          - Charge at 0.5C until 4.0 V
          - Harvest at 4.3 V on charge
          - {step: harvest, text: vial 7}
        """;

    [Fact]
    public async Task A_harvested_cell_stands_at_open_circuit_has_its_label_and_goes_on_when_it_is_back()
    {
        await using Lab lab = await Lab.StartAsync();
        await DoneAsync(lab, "sample", "add", "lmno-7", "--active-mass", "2.00mg", "--capacity", "250mAh/g", "--ocv", "2.5-3.6V", "--formula", "Li1.2Mn0.6Ni0.2O2");
        string job = await lab.SubmitAsync(lab.Folder.Write("series.yaml", Protocol), sample: "lmno-7");

        await AskedAsync(lab, job);
        await Eventually.GetAsync("the channel to be shown at rest", TimeSpan.FromSeconds(30), () => ChannelAsync(lab), channel => channel.GetProperty("current_a").GetDouble() == 0);
        await DoneAsync(lab, "job", "resume", job);
        await lab.WaitAsync(job, "to wait for the cell", answer => answer.State() == "Paused");
        await DoneAsync(lab, "job", "resume", job); // it has relaxed since, which the service expects
        await AskedAsync(lab, job);
        await DoneAsync(lab, "job", "resume", job);

        await lab.WaitAsync(job, "to complete", answer => answer.IsSettled() && answer.State() == "Completed");
        JsonElement[] harvests = [.. (await lab.Api.GetAsync($"jobs/{job}/events")).GetProperty("events").EnumerateArray()
            .Where(told => told.GetProperty("kind").GetString() == "harvest").Select(told => told.GetProperty("data"))];
        Assert.Equal(2, harvests.Length);
        Assert.InRange(Number(harvests[0], "voltage_v"), 4.295, 4.31);
        Assert.InRange(Number(harvests[0], "open_circuit_v"), 4.0, 4.29);
        Assert.Equal(1.2 - (Number(harvests[0], "q_total_mah_g") * 85.03 / 26801.5), Number(harvests[0], "x_li"), 0.001); // M and F/3.6
        string page = lab.Folder["label.html"];
        await DoneAsync(lab, "job", "label", job, "--out", page);
        string html = await File.ReadAllTextAsync(page);
        Assert.Equal(2, html.Split("<div class=\"label\">").Length - 1);
        Assert.Contains("vial 7", html, StringComparison.Ordinal);
    }

    private static Task<JsonElement> AskedAsync(Lab lab, string job) => lab.WaitAsync(job, "to ask for the cell to be taken out", answer =>
        answer.State() == "Waiting" && answer.GetProperty("state_reason").GetString()!.StartsWith("take the cell with sample 'lmno-7' out of", StringComparison.Ordinal));

    private static async Task<JsonElement> ChannelAsync(Lab lab) =>
        (await lab.Api.GetAsync("channels")).GetProperty("channels").EnumerateArray().Single(channel => channel.GetProperty("channel").GetString() == "cycler1.21-1-1");

    private static async Task DoneAsync(Lab lab, params string[] arguments)
    {
        RunResult result = await lab.CliAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static double Number(JsonElement data, string member) => data.GetProperty(member).GetDouble();
}
