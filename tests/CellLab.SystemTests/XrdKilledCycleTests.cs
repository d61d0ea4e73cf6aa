using System.Text.Json;
using CellLab.SystemTests.Harness;
using Xunit.Abstractions;

namespace CellLab.SystemTests;

/// <summary>A whole cycle at 0.1C with more than forty triggers, so close that the diffractometer is often busy, and the service killed while the pulse of one of them is under way. Minutes:
/// with <c>./celllab test --long</c>.</summary>
public sealed class XrdKilledCycleTests(ITestOutputHelper output)
{
    private const int FewestTriggers = 40;
    private const double AmperesPerGram = 0.025;
    private const double CapacityTolerance = 0.1;
    private const string Protocol = """
        celllab_protocol: 1
        name: forty patterns
        window: 2.0-4.8 V
        record: {time_s: 30}
        method:
          - {step: trigger, target: xrd, every_mAh_per_g: 12, every_voltage_V: 0.2, from_voltage_V: 2.0, at_charge_end: true, at_cycle_end: true, exposure_s: 900, when_missed: queue_latest, max_age_s: 600}
          - Charge at 0.1C until 4.8 V
          - Discharge at 0.1C until 2.0 V
        """;

    [Fact]
    public async Task Each_trigger_of_a_cycle_has_its_fate_and_one_pulse_at_most_although_the_service_is_killed_in_one()
    {
        if (Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") != "1")
        {
            return;
        }

        await using Lab lab = await Lab.StartAsync(new LabOptions { Bench = "config/benches/xrd.json", Speed = 500 });
        string job = await lab.SubmitAsync(lab.Folder.Write("patterns.yaml", Protocol), "xrd-1");
        await WaitAsync(lab, job, "ten patterns", fates => fates.Count(fate => fate == "Recorded") >= 10);
        await lab.SetFaultAsync("never-answer", "--device", "xrd1", "command=5"); // the relay is set, the answer is lost
        await WaitAsync(lab, job, "a pulse under way", fates => fates[^1] == "Firing");
        int inPulse = (await FatesAsync(lab, job)).Length;
        await lab.Service.KillAsync();
        await lab.ClearFaultAsync("never-answer");
        await lab.StartServiceAsync();

        JsonElement ended = await lab.WaitAsync(job, "to end with all its records analysed", answer => answer.IsSettled(), seconds: 900);
        Assert.Equal(("Completed", 1), (ended.State(), ended.GetProperty("start_count").GetInt32()));
        string[] all = await WaitAsync(lab, job, "the last records", fates => fates.All(fate => fate is "Recorded" or "Missed" or "NotAcknowledged" or "Unconfirmed" or "Lost"));
        JsonElement[] triggers = [.. (await lab.Api.GetAsync($"jobs/{job}/triggers")).GetProperty("triggers").EnumerateArray()];
        JsonElement patterns = await lab.Api.GetAsync($"jobs/{job}/records?stream=xrd&max=100");
        string[] recorded = [.. patterns.GetProperty("trigger_id").EnumerateArray().Select(id => id.GetString()!)];
        int files = Directory.GetFiles(Path.Combine(lab.BenchState, "xrd-xrd1"), "*.xy").Length;
        output.WriteLine($"{string.Join(',', all)}; killed in number {inPulse}; {recorded.Length} records, {files} files");

        Assert.True(triggers.Length >= FewestTriggers, $"{triggers.Length} triggers");
        Assert.Equal(recorded.Length, recorded.Distinct().Count());
        Assert.All(triggers.Where(trigger => trigger.GetProperty("fate").GetString() == "Missed"), trigger => Assert.False(string.IsNullOrEmpty(trigger.GetProperty("reason").GetString()), $"{trigger}"));
        Assert.Equal(all.Count(fate => fate == "Recorded"), recorded.Length);
        Assert.Equal("Recorded", all[inPulse - 1]); // the relay was set, so that there is a file: also when the exposure ended while nobody looked
        Assert.Equal(files, recorded.Length); // a second pulse would have made a second file
        string[] named = [.. patterns.GetProperty("file").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];
        Assert.Equal(files, named.Distinct().Count());
        string[] flags = [.. patterns.GetProperty("flags").EnumerateArray().ElementAt(Array.IndexOf(recorded, triggers[inPulse - 1].GetProperty("trigger").GetString())).EnumerateArray().Select(flag => flag.GetString()!)];
        Assert.Contains("unconfirmed", flags);
        Assert.Contains("start_unseen", flags);
        Assert.Contains(triggers, trigger => trigger.GetProperty("queued").GetBoolean());
        AssertCapacities(patterns);
    }

    /// <summary>At a constant current the capacity of a half cycle is current times its time.</summary>
    private void AssertCapacities(JsonElement patterns)
    {
        JsonElement[] states = [.. new[] { "start", "middle", "end" }.SelectMany(member => patterns.GetProperty(member).EnumerateArray()).Where(state => state.GetProperty("step_name").GetString()!.Contains("current", StringComparison.Ordinal))];
        double[] errors = [.. states.Select(state => Math.Abs(state.GetProperty("q_mah_g").GetDouble() - (AmperesPerGram * 1e3 * state.GetProperty("step_time_s").GetDouble() / 3600)))];
        output.WriteLine(FormattableString.Invariant($"{states.Length} states, largest error {errors.Max():F4} mAh/g"));
        Assert.True(errors.Max() <= CapacityTolerance, $"{errors.Max()} mAh/g in {states[Array.IndexOf(errors, errors.Max())]}");
    }

    private static Task<string[]> WaitAsync(Lab lab, string job, string what, Func<string[], bool> accept) =>
        Eventually.GetAsync(what, TimeSpan.FromSeconds(300), () => FatesAsync(lab, job), fates => fates.Length > 0 && accept(fates));

    private static async Task<string[]> FatesAsync(Lab lab, string job)
    {
        JsonElement answer = await lab.Api.GetAsync($"jobs/{job}/triggers");
        return [.. answer.GetProperty("triggers").EnumerateArray().Select(trigger => trigger.GetProperty("fate").GetString()!)];
    }
}
