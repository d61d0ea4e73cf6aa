using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>What a running service refuses: one clear message, exit code 1, nothing changed.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Wrong_samples_are_refused_and_none_is_stored()
    {
        await using Lab lab = await Lab.StartAsync();
        await RefusedAsync(lab, "mg/cm2", "sample", "add", "s1", "--active-mass", "2g", "--diameter", "10mm", "--capacity", "250mAh/g");
        await RefusedAsync(lab, "unit", "sample", "add", "s1", "--active-mass", "2.00", "--capacity", "250mAh/g");
        await RefusedAsync(lab, "capacity", "sample", "add", "s1", "--active-mass", "2.00mg");
        await RefusedAsync(lab, "foil", "sample", "add", "s1", "--electrode-mass", "12mg", "--foil-mass", "12.6mg", "--active-fraction", "0.8", "--capacity", "250mAh/g");
        await RefusedAsync(lab, "fraction", "sample", "add", "s1", "--electrode-mass", "15.1mg", "--foil-mass", "12.6mg", "--active-fraction", "80", "--capacity", "250mAh/g");
        await RefusedAsync(
            lab, "active", "sample", "add", "s1", "--electrode-mass", "15.1mg", "--foil-mass", "12.6mg", "--active-fraction", "0.8", "--active-mass", "2.5mg",
            "--capacity", "250mAh/g");
        await RefusedAsync(lab, "nobody", "sample", "amend", "nobody", "--active-mass", "2.1mg", "--reason", "weighed again");
        Assert.Equal(0, (await lab.Api.GetAsync("samples")).GetProperty("samples").GetArrayLength());
    }

    [Fact]
    public async Task Wrong_jobs_are_refused_and_none_is_stored()
    {
        await using Lab lab = await Lab.StartAsync();
        string good = lab.Folder.Write("good.json", Protocols.Cycles(1));
        string wrong = lab.Folder.Write("wrong.json", Protocols.Cycles(1).Replace("rate_C", "rate", StringComparison.Ordinal));
        string[] figures = ["--mass", "2.00mg", "--capacity", "250mAh/g"];
        await RefusedAsync(lab, "wrong.json", ["job", "submit", wrong, "--pipeline", "coin-1", "--sample", "s1", .. figures]);
        await RefusedAsync(lab, "coin-99", ["job", "submit", good, "--pipeline", "coin-99", "--sample", "s1", .. figures]);
        await RefusedAsync(lab, "sample", "job", "submit", good, "--pipeline", "coin-1", "--sample", "s1");
        await RefusedAsync(lab, "nothere", "job", "stop", "nothere", "--reason", "x");
        await RefusedAsync(lab, "nothere", "export", "nothere", "--format", "bdf-csv");
        await RefusedAsync(lab, "nothere", "alarm", "ack", "nothere");
        await RefusedAsync(lab, "cycler9", "device", "probe", "cycler9");
        Assert.Equal(0, (await lab.Api.GetAsync("jobs")).GetProperty("jobs").GetArrayLength());
        Assert.Equal(0, (await lab.Api.GetAsync("samples")).GetProperty("samples").GetArrayLength());
    }

    [Fact]
    public async Task A_busy_channel_and_a_sample_in_two_places_are_refused()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 100 });
        string protocol = lab.Folder.Write("good.json", Protocols.Cycles(1));
        string job = await lab.SubmitAsync(protocol);

        await RefusedAsync(lab, "used by job " + job, "job", "submit", protocol, "--pipeline", "coin-1", "--sample", "s2", "--mass", "2.00mg", "--capacity", "250mAh/g");
        await RefusedAsync(lab, "s1", "job", "submit", protocol, "--pipeline", "coin-2", "--sample", "s1");

        JsonElement only = Assert.Single((await lab.Api.GetAsync("jobs")).GetProperty("jobs").EnumerateArray());
        Assert.Equal(job, only.GetProperty("job").GetString());
    }

    [Fact]
    public async Task A_cell_of_another_open_circuit_voltage_is_not_started()
    {
        await using Lab lab = await Lab.StartAsync();
        await lab.CliAsync("sample", "add", "s1", "--active-mass", "2.00mg", "--capacity", "250mAh/g", "--ocv", "3.3-3.6V");
        RunResult submitted = await lab.CliAsync(
            "job", "submit", lab.Folder.Write("good.json", Protocols.Cycles(1)), "--pipeline", "coin-1", "--sample", "s1", "--json");

        if (submitted.ExitCode == 0)
        {
            string job = JsonDocument.Parse(submitted.Output).RootElement.GetProperty("job").GetString()!;
            JsonElement ended = await lab.WaitAsync(job, "to be refused at its start", answer => answer.HasEnded());
            Assert.Equal("Failed", ended.State());
            Assert.Equal(0, ended.GetProperty("start_count").GetInt32());
            Assert.Contains("open-circuit", ended.GetProperty("state_reason").GetString(), StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Assert.Contains("open-circuit", submitted.Reason, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Speed_with_a_device_that_is_not_simulated_is_refused()
    {
        await using Lab lab = await Lab.StartAsync();
        JsonNode configuration = JsonNode.Parse(await File.ReadAllTextAsync(lab.Configuration))!;
        configuration["devices"]![0]!["simulated"] = false;
        string file = lab.Folder.Write("real/celllab.json", configuration.ToJsonString());

        RunResult result = await App.RunAsync("serve", "--config", file, "--clock", Path.Combine(lab.BenchState, "clock.json"));

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("cycler1", result.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(lab.Folder["real/data"]), "a data folder was made");
    }

    private static async Task RefusedAsync(Lab lab, string named, params string[] arguments)
    {
        RunResult result = await lab.CliAsync(arguments);
        Assert.True(result.ExitCode == 1, $"celllab {string.Join(' ', arguments)}: {result}");
        Assert.Contains(named, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }
}
