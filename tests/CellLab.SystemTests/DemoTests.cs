using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

public sealed class DemoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_cycle_at_ten_thousand_times_the_speed_is_within_tolerance_and_leaves_no_process()
    {
        using var folder = new TemporaryFolder();
        string json = folder["results.json"];
        string protocol = Path.Combine(App.Root, "config", "protocols", "first-cycle-0.1c.json");

        RunResult result = await App.RunAsync(
            new RunRequest { Limit = TimeSpan.FromMinutes(10) },
            "demo", "--speed", "10000", "--port", FreePair().ToString(CultureInfo.InvariantCulture), "--protocol", protocol, "--json", json);

        Assert.True(result.ExitCode == 0, result.ToString());
        JsonElement jobs = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.GetProperty("jobs");
        Assert.Equal(["LMNO", "LMNPO-VO"], jobs.EnumerateArray().Select(job => job.GetProperty("sample").GetProperty("name").GetString()));
        Assert.All(jobs.EnumerateArray(), job => Assert.Equal("complete", job.GetProperty("verdict").GetString()));
        Assert.All(jobs.EnumerateArray(), job => Assert.Equal(1, job.GetProperty("cycles").GetArrayLength()));
    }

    [Fact]
    public async Task The_table_follows_a_cell_whose_parameters_are_changed_on_the_bench()
    {
        using var folder = new TemporaryFolder();
        JsonNode bench = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(App.Root, "config", "benches", "demo.json")))!;
        bench["cells"] = new JsonArray(new JsonObject { ["name"] = "larger", ["material"] = "LMNO", ["parameters"] = new JsonObject { ["q0"] = 176, ["q1"] = 290.4, ["q_p"] = 193.6 } });
        JsonObject place = bench["devices"]![0]!["cells"]![0]!.AsObject();
        place.Remove("material");
        place.Remove("spread");
        place["cell"] = "larger"; // every capacity a tenth larger
        await File.WriteAllTextAsync(folder["bench.json"], bench.ToJsonString());

        RunResult result = await App.RunAsync(
            new RunRequest { Limit = TimeSpan.FromMinutes(10) },
            "demo", "--speed", "10000", "--port", FreePair().ToString(CultureInfo.InvariantCulture), "--bench", folder["bench.json"],
            "--protocol", Path.Combine(App.Root, "config", "protocols", "first-cycle-0.1c.json"), "--json", folder["results.json"]);

        Assert.True(result.ExitCode == 1, result.ToString());
        JsonElement[] jobs = [.. JsonDocument.Parse(await File.ReadAllTextAsync(folder["results.json"])).RootElement.GetProperty("jobs").EnumerateArray()];
        Assert.All(jobs, job => Assert.Equal("complete", job.GetProperty("verdict").GetString()));
        Assert.InRange(jobs[0].GetProperty("cycles")[0].GetProperty("discharge_mah_g").GetDouble() / 246.1, 1.07, 1.12);
        Assert.InRange(jobs[1].GetProperty("cycles")[0].GetProperty("discharge_mah_g").GetDouble() / 250.1, 0.99, 1.01);
        Assert.Contains("FAIL", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_demo_ends_all_its_processes()
    {
        await using Child demo = StartDemo();
        IReadOnlyList<int> children = await ChildrenAsync(demo);

        int code = await demo.SignalAsync("INT");

        Assert.Equal(1, code);
        await Eventually.TrueAsync("the demo's processes to be gone", Limit, () => !children.Any(ProcessTable.Exists));
    }

    [Fact]
    public async Task A_demo_that_is_killed_leaves_no_process_behind()
    {
        await using Child demo = StartDemo();
        IReadOnlyList<int> children = await ChildrenAsync(demo);
        await demo.KillAsync();
        await Eventually.TrueAsync("the demo's processes to be gone", Limit, () => !children.Any(ProcessTable.Exists));
    }

    [Fact]
    public async Task A_process_that_dies_ends_the_demo_with_its_name_and_its_log()
    {
        await using Child demo = StartDemo();
        IReadOnlyList<int> children = await ChildrenAsync(demo);
        using (Process analysis = Process.GetProcessById(children[^1]))
        {
            analysis.Kill();
        }

        await Eventually.TrueAsync("the demo to end", Limit, () => demo.HasEnded);
        Assert.Equal(1, demo.ExitCode);
        Assert.Contains("analysis ended with exit code 137", demo.Said, StringComparison.Ordinal);
        Assert.Contains("analysis.log", demo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(children, ProcessTable.Exists);
    }

    private static Child StartDemo() => new(
        "demo", App.Start(new RunRequest(), "demo", "--speed", "1000", "--port", FreePair().ToString(CultureInfo.InvariantCulture)));

    /// <summary>Bench, service and analysis, once the jobs are under way.</summary>
    private static async Task<IReadOnlyList<int>> ChildrenAsync(Child demo)
    {
        await Eventually.TrueAsync("all jobs to be submitted", Limit, () => demo.Said.Contains("LMNPO-VO-XRD: job", StringComparison.Ordinal) || demo.HasEnded);
        Assert.False(demo.HasEnded, demo.ToString());
        IReadOnlyList<int> children = ProcessTable.Descendants(demo.Id, "celllab");
        Assert.Equal(3, children.Count);
        return children;
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
