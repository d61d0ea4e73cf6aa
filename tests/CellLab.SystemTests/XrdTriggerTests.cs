using System.Text.Json;
using CellLab.SystemTests.Harness;
using CellLab.SystemTests.Page;

namespace CellLab.SystemTests;

/// <summary>Patterns of a running job on the bench with one cell in the X-ray beam.</summary>
public sealed class XrdTriggerTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    private static readonly LabOptions s_bench = new() { Bench = "config/benches/xrd.json", Speed = 500 };

    private const string Protocol = """
        celllab_protocol: 1
        name: patterns
        window: 2.0-4.8 V
        record: {time_s: 30}
        method:
          - {step: trigger, target: xrd, on_entry: charge, exposure_s: 900}
          - Charge at 0.1C for 4 hours or until 4.8 V
        """;

    [Fact]
    public async Task The_service_killed_in_mid_pulse_sends_no_second_one_and_the_pattern_is_marked()
    {
        await using Lab lab = await Lab.StartAsync(s_bench with { Speed = 30 }); // the exposure outlasts the restart, also on a slow machine
        string protocol = lab.Folder.Write("patterns.yaml", Protocol);
        await lab.SetFaultAsync("never-answer", "--device", "xrd1", "command=5"); // the relay is set, the answer is lost
        string job = await lab.SubmitAsync(protocol, "xrd-1");
        await Eventually.GetAsync("the trigger to be stored and its pulse under way", s_limit, () => FatesAsync(lab, job), fates => fates == "Firing");

        await lab.Service.KillAsync();
        await lab.ClearFaultAsync("never-answer");
        await lab.StartServiceAsync();

        await Eventually.GetAsync("the pattern's record", s_limit, () => FatesAsync(lab, job), fates => fates == "Recorded");
        JsonElement pattern = await PatternAsync(lab, job);
        Assert.Contains("unconfirmed", pattern.GetProperty("flags")[0].EnumerateArray().Select(flag => flag.GetString()));
        Assert.Single(Patterns(lab));
    }

    [Fact]
    public async Task A_pattern_by_hand_carries_the_state_and_lies_beside_its_file()
    {
        await using Lab lab = await Lab.StartAsync(s_bench);
        string job = await lab.SubmitAsync(lab.Folder.Write("patterns.yaml", Protocol.Replace("on_entry: charge", "at_charge_end: true", StringComparison.Ordinal)), "xrd-1");
        await lab.WaitForRecordsAsync(job, 10);
        RunResult asked = await lab.CliAsync("job", "trigger", job);
        Assert.True(asked.ExitCode == 0, asked.ToString());
        RunResult again = await lab.CliAsync("job", "trigger", job);

        Assert.Equal(1, again.ExitCode);
        Assert.Contains("busy", again.Error, StringComparison.Ordinal);
        await Eventually.GetAsync("the pattern's record", s_limit, () => FatesAsync(lab, job), fates => fates.StartsWith("Recorded,Missed", StringComparison.Ordinal));
        JsonElement pattern = await PatternAsync(lab, job);
        string file = Assert.Single(Patterns(lab));
        Assert.Equal(Path.GetFileName(file), pattern.GetProperty("file")[0].GetProperty("name").GetString());
        JsonElement beside = JsonDocument.Parse(await File.ReadAllTextAsync(file + ".celllab.json")).RootElement;
        Assert.Equal(pattern.GetProperty("trigger_id")[0].GetString(), beside.GetProperty("trigger_id").GetString());
        JsonElement fit = await Eventually.GetAsync("the fit of the pattern", s_limit, () => FitAsync(lab, job), found => found.ValueKind == JsonValueKind.Object);
        Assert.InRange(fit.GetProperty("xrd").GetProperty("peaks").GetProperty("003").GetProperty("position_deg").GetDouble() - 0.05, 18.25, 18.43); // the bench's displacement
        await ShowAsync(lab, job);
        Assert.InRange(beside.GetProperty("end").GetProperty("q_mah_g").GetDouble() - beside.GetProperty("start").GetProperty("q_mah_g").GetDouble(), 6.2, 7.5);
    }

    /// <summary>The map and the fitted position, on the page.</summary>
    private async Task ShowAsync(Lab lab, string job)
    {
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{lab.HttpPort}/#/job/{job}/xrd");
        await tab.WaitForAsync(".plot svg image");
        await tab.WaitForAsync(".plot svg circle");
        await Screens.TakeAsync(tab, "job-xrd");
        tab.AssertNoErrors();
    }

    private static async Task<string> FatesAsync(Lab lab, string job)
    {
        JsonElement answer = await lab.Api.GetAsync($"jobs/{job}/triggers");
        return string.Join(',', answer.GetProperty("triggers").EnumerateArray().Select(trigger => trigger.GetProperty("fate").GetString()));
    }

    private static async Task<JsonElement> FitAsync(Lab lab, string job) =>
        (await lab.Api.GetAsync($"jobs/{job}/analysis/xrd")).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("result")).FirstOrDefault();

    private static async Task<JsonElement> PatternAsync(Lab lab, string job) => await lab.Api.GetAsync($"jobs/{job}/records?stream=xrd");

    private static string[] Patterns(Lab lab) => Directory.GetFiles(Path.Combine(lab.BenchState, "xrd-xrd1"), "*.xy");
}
