using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>One laboratory with all instruments of <c>config/benches/full.json</c> for the tests of a class.</summary>
public sealed class FullBench : IAsyncLifetime
{
    /// <summary>What is switched on at each device that takes no part in the jobs: damage of its wire, or of its folder.</summary>
    internal static IReadOnlyDictionary<string, string> Faults { get; } = new Dictionary<string, string>
    {
        ["psb1"] = "modbus-exception",
        ["riden1"] = "garbage",
        ["pstat1"] = "cut-mid-reply",
        ["pstat2"] = "garbage",
        ["autolab1"] = "cut-mid-reply",
        ["pstat3"] = "cut-mid-reply",
        ["panel1"] = "cut-mid-reply",
        ["rga1"] = "cut-mid-reply",
        ["rga2"] = "surplus-bytes",
        ["prisma1"] = "server-error",
        ["xrd1"] = "cut-mid-reply",
        ["land1"] = "folder-away",
    };

    internal Lab Lab { get; private set; } = null!;

    internal JsonElement Configuration { get; private set; }

    internal IReadOnlyList<string> Devices => [.. Configuration.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("id").GetString()!)];

    /// <summary>Speed 100: two jobs of 1200 lab seconds last long enough for a fault at every device.</summary>
    public async Task InitializeAsync()
    {
        Lab = await Lab.StartAsync(new LabOptions { Bench = "config/benches/full.json", Speed = 100 });
        Configuration = JsonDocument.Parse(await File.ReadAllTextAsync(Lab.Configuration)).RootElement;
    }

    public async Task DisposeAsync() => await Lab.DisposeAsync();

    internal async Task<JsonElement> JsonAsync(params string[] words)
    {
        RunResult result = await Lab.CliAsync([.. words, "--json"]);
        Assert.True(result.ExitCode == 0, $"{result}\n{Lab.Service}");
        return JsonDocument.Parse(result.Output).RootElement;
    }

    internal async Task<Dictionary<string, string>> StatesAsync() =>
        (await Lab.Api.GetAsync("devices")).GetProperty("devices").EnumerateArray()
            .ToDictionary(device => device.GetProperty("id").GetString()!, device => device.GetProperty("state").GetString()!);
}
