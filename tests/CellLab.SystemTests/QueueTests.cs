using System.Globalization;
using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>Jobs that start without a person: at their time, and after the one before them.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task A_job_starts_at_its_time_also_after_a_restart_and_the_one_queued_behind_it_follows()
    {
        await using Lab lab = await Lab.StartAsync();
        string protocol = lab.Folder.Write("cycles.json", Protocols.Cycles(1));
        DateTimeOffset due = (await LabNowAsync(lab)).AddHours(6); // long enough for the restart, some ten seconds here
        string first = await SubmitAsync(lab, protocol, "--at", due.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        string second = await SubmitAsync(lab, protocol, "--queue");
        Assert.Contains("starts at", (await lab.Api.GetAsync($"jobs/{first}")).GetProperty("state_reason").GetString()!, StringComparison.Ordinal);
        Assert.Equal(first, (await lab.Api.GetAsync($"jobs/{second}")).GetProperty("queued_behind").GetString());

        await lab.Service.KillAsync();
        await lab.StartServiceAsync();

        JsonElement ended = await lab.CompleteWithoutGapAsync(first);
        Assert.True(ended.GetProperty("started_utc").GetDateTimeOffset() >= due.AddSeconds(-2), ended.ToString());
        JsonElement follower = await lab.CompleteWithoutGapAsync(second);
        Assert.True(follower.GetProperty("started_utc").GetDateTimeOffset() >= ended.GetProperty("ended_utc").GetDateTimeOffset().AddSeconds(-60), follower.ToString());
    }

    [Fact]
    public async Task Another_cell_behind_a_job_waits_for_a_person()
    {
        await using Lab lab = await Lab.StartAsync();
        string protocol = lab.Folder.Write("cycles.json", Protocols.Cycles(1));
        await lab.SubmitAsync(protocol);
        string other = await SubmitAsync(lab, protocol, "--queue", "--sample", "s2");

        JsonElement waiting = await lab.WaitAsync(other, "to wait for a person", answer => answer.State() == "Waiting");

        Assert.Contains("put in sample 's2', then resume the job", waiting.GetProperty("state_reason").GetString()!, StringComparison.Ordinal);
        RunResult alarms = await lab.CliAsync("alarm", "list");
        Assert.Contains(other, alarms.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_without_its_zone_is_refused_with_the_remedy()
    {
        await using Lab lab = await Lab.StartAsync();
        RunResult result = await lab.CliAsync([.. Words(lab.Folder.Write("cycles.json", Protocols.Cycles(1))), "--sample", "s1", "--at", "2126-03-01T08:00"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("at: '2126-03-01T08:00' has no time zone", result.Reason, StringComparison.Ordinal);
        Assert.Contains("2026-03-01T08:00Z", result.Error, StringComparison.Ordinal);
    }

    private static async Task<DateTimeOffset> LabNowAsync(Lab lab) => (await lab.Api.GetAsync("status")).GetProperty("clock").GetProperty("lab_utc").GetDateTimeOffset();

    private static async Task<string> SubmitAsync(Lab lab, string protocol, params string[] more)
    {
        string[] sample = more.Contains("--sample") ? [] : ["--sample", "s1"];
        RunResult result = await lab.CliAsync([.. Words(protocol), .. sample, .. more, "--json"]);
        Assert.True(result.ExitCode == 0, $"{result}\n{lab.Service}");
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("job").GetString()!;
    }

    private static string[] Words(string protocol) => ["job", "submit", protocol, "--pipeline", "coin-1", "--mass", "2.00mg", "--capacity", "250mAh/g"];
}
