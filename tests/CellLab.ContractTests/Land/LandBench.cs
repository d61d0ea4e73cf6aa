using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Land;

/// <summary>A simulated LAND tester whose data files stand in a real folder, and a person who starts its programs.</summary>
internal sealed class LandBench : IAsyncDisposable
{
    private readonly SimulatedBench _bench;
    private readonly string _folder;

    private LandBench(SimulatedBench bench, string folder) => (_bench, _folder) = (bench, folder);

    public static readonly ChannelAddress Channel = new(new DeviceId("land1"), "1-1");

    /// <summary>What the tester's program <c>short</c> does.</summary>
    public static CellProgram Program { get; } = new(
        "short", [new CurrentStep(1, "main", 5e-4, null, 600, 4.8), new RestStep(2, "main", 120), new CurrentStep(3, "main", -5e-4, null, 300, 2.0)],
        new RecordRule(10, null, null), new SafetyLimits(4.9, 1.8, 1e-2, -1e-2, null, 5), 5e-4);

    public SimulatedBench Bench => _bench;

    /// <summary>Of a test's first data file.</summary>
    public string FileOf(string test) => Path.Combine(_folder, test);

    public static async Task<LandBench> StartAsync(int recordBytes = 24, double speed = 200)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("celllab-land-").FullName, "data"); // its own folder: a fault renames it
        SimulatedBench bench = await SimulatedBench.StartAsync(speed, $$"""
            {
              "cells": [{ "name": "a", "material": "LMNO" }, { "name": "b", "material": "LMNO" }],
              "devices": [{
                "id": "land1", "driver": "Land", "folder": "{{folder}}", "record_bytes": {{recordBytes}}, "quiet_s": 400,
                "channels": [{ "channel": "1-1", "cell": "a" }, { "channel": "1-2", "cell": "b" }],
                "programs": [{ "name": "short", "steps": [
                  { "kind": "current", "current_ma": 0.5, "seconds": 600, "until_v": 4.8 }, { "kind": "rest", "seconds": 120 },
                  { "kind": "current", "current_ma": -0.5, "seconds": 300, "until_v": 2.0 }] }]
              }]
            }
            """);
        return new LandBench(bench, folder);
    }

    public async Task<IChannelBank> ConnectAsync()
    {
        IDevice device = _bench.CreateDevice();
        await device.ConnectAsync(CancellationToken.None);
        return (IChannelBank)device;
    }

    /// <returns>The id of the new test.</returns>
    public async Task<string> BeginAsync(IChannelBank bank, string testName = "lmno-1_ab3d5f7h")
    {
        string? before = (await bank.InspectAsync(Channel, CancellationToken.None)).TestId;
        await _bench.SetFaultAsync("operator-start", Channel.Channel, ("text", testName));
        ChannelStatus status = null!;
        await Eventually.TrueAsync(
            async () => (status = await bank.InspectAsync(Channel, CancellationToken.None)).TestId != before && status.Barcode == testName, "the new data file");
        return status.TestId!;
    }

    public static Following Follow(IChannelBank bank, string test) => new(bank, Channel, test, Program);

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }
}
