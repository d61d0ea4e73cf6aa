using System.Globalization;
using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

public sealed class DemoTests
{
    [Fact]
    public async Task One_cycle_at_ten_thousand_times_the_speed_is_within_tolerance_and_leaves_no_process()
    {
        using var folder = new TemporaryFolder();
        string json = folder["results.json"];
        string protocol = Path.Combine(App.Root, "config", "protocols", "first-cycle-0.1c.json");

        RunResult result = await App.RunAsync(
            new RunRequest { Limit = TimeSpan.FromMinutes(4) },
            "demo", "--speed", "10000", "--port", FreePair().ToString(CultureInfo.InvariantCulture), "--protocol", protocol, "--json", json);

        Assert.True(result.ExitCode == 0, result.ToString());
        JsonElement jobs = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.GetProperty("jobs");
        Assert.Equal(["LMNO", "LMNPO-VO"], jobs.EnumerateArray().Select(job => job.GetProperty("sample").GetProperty("name").GetString()));
        Assert.All(jobs.EnumerateArray(), job => Assert.Equal("complete", job.GetProperty("verdict").GetString()));
        Assert.All(jobs.EnumerateArray(), job => Assert.Equal(1, job.GetProperty("cycles").GetArrayLength()));
    }

    /// <summary>HTTP takes the port, MQTT the next one.</summary>
    private static int FreePair()
    {
        int port;
        do
        {
            port = Ports.Free();
        }
        while (port >= 65534 || !Ports.IsFree(port + 1));

        return port;
    }
}
