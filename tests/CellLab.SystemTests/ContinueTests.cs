using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>A test that its tester lost is gone on with elsewhere, as one series of cycles.</summary>
public sealed class ContinueTests
{
    private const int Cycles = 6;

    [Fact]
    public async Task After_a_mains_cut_the_cell_goes_on_in_another_channel_as_one_series_of_cycles()
    {
        await using Lab lab = await Lab.StartAsync();
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(Cycles)));
        await lab.WaitAsync(job, "to be in its third pass", answer => Pass(answer) == 3);
        await lab.SetFaultAsync("mains-cut", "--channel", "21-1-1");
        await lab.WaitAsync(job, "to be held", answer => answer.State() == "Paused");

        await DoneAsync(lab, "job", "stop", job, "--reason", "mains cut, tester does not come back");
        await lab.WaitAsync(job, "to have ended with all its records analysed", answer => answer.IsSettled());
        await lab.SetFaultAsync("cell-moved", "to=21-1-8", "--channel", "21-1-1");
        string continued = await DoneAsync(lab, "job", "continue", job, "--on", "cycler1.21-1-8", "--accept-ocv", "same cell, relaxed since the cut");
        Assert.Contains("rests at open circuit until segment 2 starts", continued, StringComparison.Ordinal);

        JsonElement ended = await lab.WaitAsync(job, "to complete", answer => answer.IsSettled() && answer.State() == "Completed");
        Assert.Equal(["cycler1.21-1-1", "cycler1.21-1-8"], ended.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("channel").GetString()!));
        List<long> numbers = await lab.Api.SequenceNumbersAsync(job);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        await OneSeriesAsync(lab, job);
        await RecordsRunOnAsync(lab, job);
    }

    private static async Task OneSeriesAsync(Lab lab, string job)
    {
        JsonElement[] cycles = await Eventually.GetAsync(
            "the last cycle to be closed", TimeSpan.FromSeconds(60), () => CyclesAsync(lab, job), all => all.Length > 0 && all[^1].GetProperty("complete").GetBoolean());
        Assert.Equal(Enumerable.Range(1, Cycles), cycles.Select(cycle => cycle.GetProperty("cycle").GetInt32()));
        Assert.Equal(Enumerable.Range(1, Cycles), cycles.Select(cycle => cycle.GetProperty("pass").GetInt32()));
        Assert.All(cycles, cycle => Assert.Equal("cycling", cycle.GetProperty("block").GetString()));
        Assert.All(cycles, cycle => Assert.True(cycle.GetProperty("complete").GetBoolean()));
        double[] discharge = [.. cycles.Select(cycle => cycle.GetProperty("discharge_mah_g").GetDouble())];
        Assert.All(discharge.Skip(1), value => Assert.InRange(value, discharge[1] * 0.97, discharge[1] * 1.03));
    }

    private static async Task<JsonElement[]> CyclesAsync(Lab lab, string job) =>
        [.. (await lab.Api.GetAsync($"jobs/{job}/cycles")).GetProperty("cycles").EnumerateArray()];

    private static async Task RecordsRunOnAsync(Lab lab, string job)
    {
        JsonElement page = await lab.Api.GetAsync($"jobs/{job}/records?stream=cycler&first_seq=1&max=10000");
        int[] steps = [.. page.GetProperty("step_count").EnumerateArray().Select(value => value.GetInt32())];
        double[] times = [.. page.GetProperty("test_time_s").EnumerateArray().Select(value => value.GetDouble())];
        double[] utc = [.. page.GetProperty("t_utc").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(2 * Cycles + 1, steps.Distinct().Count()); // the interrupted step was executed in two pieces
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1] - (utc[^1] - utc[0]), -5, 5);
    }

    private static async Task<string> DoneAsync(Lab lab, params string[] verb)
    {
        RunResult result = await lab.CliAsync(verb);
        Assert.True(result.ExitCode == 0, $"{result}\n{lab.Service}");
        return result.Output;
    }

    private static int Pass(JsonElement job) =>
        job.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress ? progress.GetProperty("pass").GetInt32() : 0;
}
