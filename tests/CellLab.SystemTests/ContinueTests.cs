using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>A test that its tester lost is gone on with elsewhere, as one series of cycles; with the long tests a life of 400.</summary>
public sealed class ContinueTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1";
    private static readonly int Cycles = Long ? 400 : 6;
    private static readonly int CutInPass = Long ? 213 : 3;
    private static readonly double Limit = Long ? 900 : 120;

    [Fact]
    public async Task After_a_mains_cut_the_cell_goes_on_in_another_channel_as_one_series_of_cycles()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = Long ? 5000 : 2000 });
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(Cycles, rateC: Long ? 5 : 1)));
        await lab.WaitAsync(job, "to be in the pass that is cut", answer => Pass(answer) == CutInPass, Limit);
        await lab.SetFaultAsync("mains-cut", "--channel", "21-1-1");
        await lab.WaitAsync(job, "to be held", answer => answer.State() == "Paused");

        await DoneAsync(lab, "job", "stop", job, "--reason", "mains cut, tester does not come back");
        await lab.WaitAsync(job, "to have ended with all its records analysed", answer => answer.IsSettled());
        await lab.SetFaultAsync("cell-moved", "to=21-1-8", "--channel", "21-1-1");
        string continued = await DoneAsync(lab, "job", "continue", job, "--on", "cycler1.21-1-8", "--accept-ocv", "same cell, relaxed since the cut");
        Assert.Contains("rests at open circuit until segment 2 starts", continued, StringComparison.Ordinal);

        JsonElement ended = await lab.WaitAsync(job, "to complete", answer => answer.IsSettled() && answer.State() == "Completed", Limit);
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
        for (int i = 2; i < discharge.Length; i++)
        {
            // a cell that has rested for hours gives more at a high rate, until it is back in its stride
            double tolerance = i > CutInPass - 2 && i < CutInPass + 20 ? 0.15 : 0.03;
            Assert.InRange(discharge[i], discharge[i - 1] * (1 - tolerance), discharge[i - 1] * (1 + tolerance));
        }
    }

    private static async Task<JsonElement[]> CyclesAsync(Lab lab, string job) =>
        [.. (await lab.Api.GetAsync($"jobs/{job}/cycles")).GetProperty("cycles").EnumerateArray()];

    private static async Task RecordsRunOnAsync(Lab lab, string job)
    {
        var (steps, times, utc) = (new List<double>(), new List<double>(), new List<double>());
        for (JsonElement page; (page = await PageAsync(lab, job, steps.Count + 1)).GetProperty("step_count").GetArrayLength() > 0;)
        {
            steps.AddRange(Column(page, "step_count"));
            times.AddRange(Column(page, "test_time_s"));
            utc.AddRange(Column(page, "t_utc"));
        }

        Assert.Equal(steps.Order(), steps);
        Assert.Equal(2 * Cycles + 1, steps.Distinct().Count()); // the interrupted step was executed in two pieces
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1] - (utc[^1] - utc[0]), -5, 5);
    }

    private static Task<JsonElement> PageAsync(Lab lab, string job, int first) => lab.Api.GetAsync($"jobs/{job}/records?stream=cycler&first_seq={first}&max=10000");

    private static IEnumerable<double> Column(JsonElement page, string name) => page.GetProperty(name).EnumerateArray().Select(value => value.GetDouble());

    private static async Task<string> DoneAsync(Lab lab, params string[] verb)
    {
        RunResult result = await lab.CliAsync(verb);
        Assert.True(result.ExitCode == 0, $"{result}\n{lab.Service}");
        return result.Output;
    }

    private static int Pass(JsonElement job) =>
        job.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress ? progress.GetProperty("pass").GetInt32() : 0;
}
