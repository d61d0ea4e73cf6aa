using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>All instruments at once, each behind its own wire, round shared cells.</summary>
public sealed class FullBenchTests(FullBench bench) : IClassFixture<FullBench>
{
    /// <summary>1200 lab seconds that begin and end inside the window of a fresh cell on either tester.</summary>
    private const string ThereAndBack = """
        {
          "unicycler": {"version": "0.4.6"},
          "sample": {"name": "$NAME"},
          "record": {"time_s": 10},
          "safety": {"max_voltage_V": 4.9, "min_voltage_V": 1.8, "delay_s": 5},
          "method": [
            {"step": "constant_current", "rate_C": 1, "until_time_s": 720, "until_voltage_V": 4.8},
            {"step": "constant_current", "rate_C": -1, "until_time_s": 480, "until_voltage_V": 2.0}
          ]
        }
        """;

    private static readonly TimeSpan DeviceLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_written_configuration_has_every_driver_wire_role_and_holder_and_every_device_is_listed_as_online()
    {
        JsonElement[] devices = [.. bench.Configuration.GetProperty("devices").EnumerateArray()];
        JsonElement[] pipelines = [.. bench.Configuration.GetProperty("pipelines").EnumerateArray()];

        Assert.Superset(
            new HashSet<string> { "Autolab", "GasPanel", "Land", "MethodScript", "ModbusCycler", "Neware", "PrismaPro", "SrsRga", "XrdTrigger" },
            devices.Select(device => device.GetProperty("driver").GetString()!).ToHashSet());
        Assert.All(devices, device => Assert.True(device.GetProperty("simulated").GetBoolean()));
        Assert.Equal(["ModbusCycler tcp", "ModbusCycler serial", "MethodScript tcp", "MethodScript serial", "SrsRga tcp", "SrsRga serial"], Wires(devices));
        Assert.Contains(devices, device => device.TryGetProperty("profile", out JsonElement profile) && profile.GetString() == "riden-rd6006p");
        Assert.Contains(devices, device => Text(device, "driver") == "SrsRga" && device.GetProperty("connection").TryGetProperty("user", out _));
        Assert.Superset(new HashSet<string> { "cycler", "eis", "ms", "xrd" }, pipelines.SelectMany(p => p.GetProperty("roles").EnumerateObject()).Select(r => r.Name).ToHashSet());
        Assert.Superset(new HashSet<string> { "coin", "dems-flow", "xrd-window", "pouch" }, pipelines.Select(p => Text(p, "holder")).ToHashSet());

        JsonElement list = await bench.JsonAsync("device", "list");

        Assert.Equal(bench.Devices.Order(), list.GetProperty("devices").EnumerateArray().Select(device => Text(device, "id")).Order());
        Assert.All(list.GetProperty("devices").EnumerateArray(), device => Assert.Equal("Online", Text(device, "state")));
    }

    [Fact]
    public async Task Every_device_answers_a_probe_in_the_documented_shape()
    {
        foreach (string device in bench.Devices)
        {
            JsonElement probe = await bench.JsonAsync("device", "probe", device);

            JsonElement identity = probe.GetProperty("identity");
            Assert.False(string.IsNullOrEmpty(Text(identity, "model")), $"{device}: {probe}");
            Assert.All(["serial", "firmware"], member => RequireKind(device, identity, member, JsonValueKind.String));
            Assert.NotEmpty(probe.GetProperty("channels").EnumerateArray());
            foreach (JsonElement channel in probe.GetProperty("channels").EnumerateArray())
            {
                Assert.StartsWith(device + ".", Text(channel, "channel"), StringComparison.Ordinal);
                Assert.Contains(Text(channel, "state"), new[] { "Idle", "Running", "Paused", "Finished", "Protected", "Faulted", "Unknown" });
                Assert.All(["voltage_v", "current_a"], member => RequireKind(device, channel, member, JsonValueKind.Number));
            }

            RequireKind(device, probe, "clock_offset_s", JsonValueKind.Number);
            Assert.All(probe.GetProperty("findings").EnumerateArray(), finding => Assert.Equal(JsonValueKind.String, finding.ValueKind));
        }
    }

    [Fact]
    public async Task A_fault_at_every_other_device_leaves_the_jobs_on_the_NEWARE_channel_and_on_the_Modbus_pair_as_they_are()
    {
        Assert.Equal(bench.Devices.Except(["cycler1", "pair1"]).Order(), FullBench.Faults.Keys.Order());
        string protocol = bench.Lab.Folder.Write("there-and-back.json", ThereAndBack);
        string[] jobs =
        [
            await SubmitAsync(protocol, "coin-eis-1", "coin-cell", "2.00mg"),
            await SubmitAsync(protocol, "pouch-2", "pouch-cell", "2000mg"),
        ];
        long[] before = await Task.WhenAll(jobs.Select(RunningAsync));

        await Task.WhenAll(FullBench.Faults.Select(fault => bench.Lab.SetFaultAsync(fault.Value, "--device", fault.Key)));
        RunResult[] probes = await Task.WhenAll(FullBench.Faults.Keys.Select(device => bench.Lab.CliAsync("device", "probe", device, "--json")));

        Assert.All(probes, probe => Assert.Equal(1, probe.ExitCode));
        Assert.All(FullBench.Faults.Keys.Zip(probes), pair => Assert.StartsWith(pair.First + ": ", pair.Second.Reason, StringComparison.Ordinal));
        await Task.WhenAll(jobs.Zip(before, (job, count) => bench.Lab.WaitAsync(job, $"to go on after {count} records", now => now.Count("stored") > count + 5)));
        Dictionary<string, string> states = await bench.StatesAsync();
        Assert.All(FullBench.Faults.Keys, device => Assert.NotEqual("Online", states[device]));
        Assert.Equal(("Online", "Online"), (states["cycler1"], states["pair1"]));
        await RequireAlarmsAsync();

        await Task.WhenAll(FullBench.Faults.Values.Distinct().Select(bench.Lab.ClearFaultAsync));
        await Eventually.GetAsync(
            "every device to be online again", DeviceLimit, async () => string.Join(", ", (await bench.StatesAsync()).Values.Distinct()), all => all == "Online");
        foreach (string job in jobs)
        {
            JsonElement ended = await bench.Lab.CompleteWithoutGapAsync(job);
            Assert.True(ended.Count("stored") >= 105, $"1200 s at 10 s, seen once a second, make some 115 records: {ended}");
        }
    }

    /// <summary>Every faulty device has its alarm, and nothing else has one.</summary>
    private async Task RequireAlarmsAsync()
    {
        JsonElement alarms = (await bench.JsonAsync("alarm", "list")).GetProperty("alarms");
        Assert.Equal(FullBench.Faults.Keys.Select(device => $"device-{device}").Order(), alarms.EnumerateArray().Select(alarm => Text(alarm, "id")).Order());
    }

    private async Task<long> RunningAsync(string job) =>
        (await bench.Lab.WaitAsync(job, "to run and store records", answer => answer.State() == "Running" && answer.Count("stored") >= 5)).Count("stored");

    private async Task<string> SubmitAsync(string protocol, string pipeline, string sample, string mass) =>
        Text(await bench.JsonAsync("job", "submit", protocol, "--pipeline", pipeline, "--sample", sample, "--mass", mass, "--capacity", "250mAh/g"), "job");

    private static IEnumerable<string> Wires(JsonElement[] devices) => devices
        .Where(device => Text(device, "driver") is "ModbusCycler" or "MethodScript" or "SrsRga")
        .Select(device => $"{Text(device, "driver")} {Text(device.GetProperty("connection"), "kind")}")
        .Distinct();

    private static void RequireKind(string device, JsonElement element, string member, JsonValueKind kind) => Assert.True(
        element.TryGetProperty(member, out JsonElement value) && (value.ValueKind == kind || value.ValueKind == JsonValueKind.Null),
        $"{device}: {member} is to be there as {kind} or null: {element}");

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString() ?? "";
}
