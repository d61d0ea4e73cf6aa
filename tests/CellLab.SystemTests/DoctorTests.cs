using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary><c>celllab doctor</c> beside a service that runs: all is well, then an instrument is gone.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_running_service_is_well_until_an_instrument_is_gone_and_doctor_names_it()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Configure = Change });

        RunResult well = await DoctorAsync(lab);
        await lab.SetFaultAsync("never-answer", "--device", "cycler1");
        RunResult ill = await Eventually.GetAsync("doctor to miss the device", TimeSpan.FromSeconds(60), () => DoctorAsync(lab), result => result.ExitCode == 1);

        Assert.True(well.ExitCode == 0, well.ToString());
        Assert.Equal(["ok", "ok", "ok"], new[] { "broker of the service", "device cycler1", "disk" }.Select(name => VerdictOf(well, name)));
        Assert.Equal(("ok", "WRONG"), (VerdictOf(ill, "broker of the service"), VerdictOf(ill, "device cycler1")));
        Assert.Contains("celllab device probe cycler1", ill.Output, StringComparison.Ordinal);
    }

    private static void Change(JsonNode document)
    {
        document["alarms"] = new JsonObject { ["disk_free_gb"] = 0.1 };
        document["devices"]![0]!["settings"]!["reply_timeout_s"] = 2;
    }

    private static Task<RunResult> DoctorAsync(Lab lab) => lab.CliAsync("doctor", "--config", lab.Configuration, "--json");

    private static string VerdictOf(RunResult result, string name)
    {
        JsonElement checks = JsonDocument.Parse(result.Output).RootElement.GetProperty("checks");
        JsonElement check = Assert.Single(checks.EnumerateArray(), check => check.GetProperty("name").GetString() == name);
        return check.GetProperty("good").GetBoolean() ? "ok" : "WRONG";
    }
}
