using System.Text.Json;
using CellLab.SystemTests.Harness;
using Xunit.Abstractions;

namespace CellLab.SystemTests;

/// <summary>The shipped life test at 5C after one cycle at 0.1C, both materials side by side through the ordinary sockets. The whole of its 400 cycles
/// runs with <c>./celllab test --long</c>, the first ten always.</summary>
public sealed class LifeTests(ITestOutputHelper output)
{
    /// <summary>Discharge capacity of the cell model in mAh/g: first cycle at 5C, tenth, 400th; and what the last keeps of the first, %.</summary>
    private static readonly Expected s_lmno = new(78.8834, 83.2933, 66.2624, 84.0);
    private static readonly Expected s_lmnpoVo = new(133.7650, 137.9859, 123.3312, 92.2);

    private const double CapacityTolerance = 0.015;
    private const double RetentionTolerancePoints = 0.7;

    private static readonly bool s_long = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1";

    [Fact]
    public async Task Both_materials_fade_as_the_cell_model_says_and_every_record_is_in_the_store()
    {
        int cycles = s_long ? 400 : 10;
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 5000, SeparateAnalysis = true });
        long started = TimeProvider.System.GetTimestamp();
        string[] jobs = [await SubmitAsync(lab, "coin-1", "lmno", cycles), await SubmitAsync(lab, "coin-2", "lmnpo-vo", cycles)];

        foreach ((string job, Expected expected) in jobs.Zip([s_lmno, s_lmnpoVo]))
        {
            JsonElement ended = await lab.WaitAsync(job, "to end with all its records analysed", answer => answer.IsSettled(), seconds: 1500);
            Assert.Equal(("Completed", "complete"), (ended.State(), ended.GetProperty("verdict").GetString()));
            List<long> numbers = await lab.Api.SequenceNumbersAsync(job);
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
            Assert.Equal(ended.Count("stored"), numbers.Count);
            Check(await LifeAsync(lab, job, cycles), expected);
        }

        output.WriteLine($"{cycles} cycles at 5C on two cells took {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
    }

    private void Check(double[] discharge, Expected expected)
    {
        Near(expected.First, discharge[0]);
        Near(expected.Tenth, discharge[9]);
        if (!s_long)
        {
            return;
        }

        Near(expected.Last, discharge[^1]);
        double kept = 100 * discharge[^1] / discharge[0];
        output.WriteLine($"{kept:0.00} % of the first discharge are left, {expected.KeptPercent:0.0} expected");
        Assert.InRange(kept, expected.KeptPercent - RetentionTolerancePoints, expected.KeptPercent + RetentionTolerancePoints);
    }

    private static void Near(double expected, double measured) =>
        Assert.InRange(measured, expected * (1 - CapacityTolerance), expected * (1 + CapacityTolerance));

    /// <summary>Discharge capacities of the cycles at 5C in order, mAh/g.</summary>
    private static async Task<double[]> LifeAsync(Lab lab, string job, int cycles)
    {
        JsonElement[] all = [.. (await lab.Api.GetAsync($"jobs/{job}/cycles")).GetProperty("cycles").EnumerateArray()];
        JsonElement[] life = [.. all.Where(cycle => cycle.GetProperty("block").GetString() == "life")];
        Assert.Equal(cycles + 1, all.Length);
        Assert.Equal(Enumerable.Range(1, cycles), life.Select(cycle => cycle.GetProperty("pass").GetInt32()));
        return [.. life.Select(cycle => cycle.GetProperty("discharge_mah_g").GetDouble())];
    }

    private static async Task<string> SubmitAsync(Lab lab, string pipeline, string sample, int cycles)
    {
        string file = Path.Combine(App.Root, "config", "protocols", "cycle-life-5c-400.yaml");
        RunResult result = await lab.CliAsync(
            "job", "submit", file, "--pipeline", pipeline, "--sample", sample, "--mass", "2.00mg", "--capacity", "250mAh/g", "--set", $"cycles={cycles}", "--json");
        Assert.True(result.ExitCode == 0, $"{result}\n{lab.Service}");
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("job").GetString()!;
    }

    private sealed record Expected(double First, double Tenth, double Last, double KeptPercent);
}
