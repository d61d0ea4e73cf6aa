using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>What is done to a node while cells run on it: its configuration read again, a backup made, and that backup put in the place of lost data.</summary>
public sealed class LeftAloneTests
{

    [Fact]
    public async Task A_running_job_lives_through_reloads_a_backup_a_kill_and_the_restored_backup()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 300 });
        string job = await lab.SubmitAsync(lab.Folder.Write("long.json", Protocols.Cycles(50)));
        await lab.WaitAsync(job, "to have records", answer => answer.GetProperty("counts").GetProperty("stored").GetInt64() > 20);

        await ReloadAsync(lab);
        long stored = (await lab.Api.GetAsync($"jobs/{job}")).GetProperty("counts").GetProperty("stored").GetInt64();
        RunResult backup = await lab.CliAsync("backup", lab.Folder["saved"], "--config", lab.Configuration);
        Assert.True(backup.ExitCode == 0, backup.ToString());
        await lab.Service.KillAsync();
        Restore(lab);
        await lab.StartServiceAsync();

        JsonElement after = await lab.WaitAsync(
            job, "to go on", answer => answer.State() == "Running" && answer.GetProperty("counts").GetProperty("stored").GetInt64() > stored + 20);
        Assert.Equal(1, after.GetProperty("start_count").GetInt32());
        JsonElement page = await lab.Api.GetAsync($"jobs/{job}/records?first_seq=1&max=10000");
        Assert.Equal(page.GetProperty("last_seq").GetInt64(), page.GetProperty("t_utc").GetArrayLength()); // from 1 without a hole
        Assert.Contains(
            (await lab.Api.GetAsync("audit")).GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("command").GetString() == "config reload"
                && entry.GetProperty("result").GetString()!.Contains("pipeline coin-3 removed", StringComparison.Ordinal));
    }

    private static async Task ReloadAsync(Lab lab)
    {
        string good = await File.ReadAllTextAsync(lab.Configuration);

        RunResult broken = await ChangedAsync(lab, good, root => root["alarms"] = new JsonObject { ["disk_free_gb"] = "much" });
        RunResult used = await ChangedAsync(lab, good, root => root["devices"]![0]!["settings"]!["reply_timeout_s"] = 20);
        RunResult taken = await ChangedAsync(lab, good, root =>
        {
            JsonArray pipelines = root["pipelines"]!.AsArray();
            pipelines.Remove(pipelines.First(pipeline => pipeline!["id"]!.GetValue<string>() == "coin-3"));
            root["start_lateness_min"] = 5;
        });

        Assert.Equal((1, 1, 0), (broken.ExitCode, used.ExitCode, taken.ExitCode));
        Assert.Contains("alarms.disk_free_gb", broken.Error, StringComparison.Ordinal);
        Assert.Contains("device cycler1 is used by job", used.Error, StringComparison.Ordinal);
        Assert.Contains("pipeline coin-3 removed", taken.Output, StringComparison.Ordinal);
        Assert.Contains("start_lateness_min", taken.Output, StringComparison.Ordinal);
        RunResult refused = await lab.CliAsync(
            "job", "submit", lab.Folder["long.json"], "--pipeline", "coin-3", "--sample", "s3", "--mass", "2.00mg", "--capacity", "250mAh/g");
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(1, lab.Service.Said.Split("cycler1 is online").Length - 1); // never let go of
    }

    private static async Task<RunResult> ChangedAsync(Lab lab, string good, Action<JsonNode> change)
    {
        JsonNode root = JsonNode.Parse(good)!;
        change(root);
        await File.WriteAllTextAsync(lab.Configuration, root.ToJsonString());
        return await lab.CliAsync("config", "reload");
    }

    /// <summary>As docs/how-to/run-for-months.md says.</summary>
    private static void Restore(Lab lab)
    {
        Directory.Move(lab.Folder["data"], lab.Folder["lost"]);
        Directory.Move(lab.Folder["saved"], lab.Folder["data"]);
        File.Delete(lab.Folder["data/backup.json"]);
        File.Delete(lab.Folder["data/celllab.json"]);
    }
}
