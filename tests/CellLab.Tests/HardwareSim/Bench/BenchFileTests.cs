using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.HardwareSim.Bench;

public sealed class BenchFileTests
{
    private const string Head = "{\n \"devices\": [\n  {\n   \"id\": \"cycler1\",\n   \"driver\": \"Neware\",\n";
    private const string Cabinet = "   \"cabinets\": [{ \"devid\": 21 }],\n";

    public static TheoryData<string, int, string, string> Wrong => new()
    {
        { "{", 1, "", "not valid JSON" },
        { "{ \"sites\": \"x\" }", 1, "sites", "unknown member; known here: site" },
        { "{\n \"http_port\": \"many\" }", 2, "http_port", "wrong type" },
        { "{ \"devices\": [] }", 1, "devices", "at least one device" },
        { "{ \"devices\": [{ \"driver\": \"Neware\" }] }", 1, "devices[0]", "member id is missing" },
        { "{ \"devices\": [{ \"id\": \"Cycler 1\", \"driver\": \"Neware\" }] }", 1, "devices[0].id", "lower-case letters" },
        { "{ \"devices\": [{ \"id\": \"a\", \"driver\": \"Oven\" }] }", 1, "devices[0].driver", "no simulated instrument for 'Oven'; known are Neware" },
        { Head + "   \"tme_zone\": \"UTC\" }]}", 6, "devices[0].tme_zone", "unknown member" },
        { Head + "   \"units\": \"A\" }]}", 3, "devices[0]", "cabinets" },
        { Head + Cabinet + "   \"time_zone\": \"Mars/Base\" }]}", 7, "devices[0].time_zone", "'Mars/Base' is not an IANA time zone" },
        { Head + Cabinet + "   \"units\": \"kA\" }]}", 7, "devices[0].units", "expected A or mA, found 'kA'" },
        { Head + Cabinet + "   \"client_year\": 1999 }]}", 7, "devices[0].client_year", "2024 or 2025" },
        { Head + Cabinet + "   \"host\": \"nowhere\" }]}", 7, "devices[0].host", "not an IP address" },
        { Head + Cabinet + "   \"cells\": [\n{ \"channel\": \"21-1-9\", \"material\": \"LMNO\" }] }]}", 8, "devices[0].cells[0].channel", "no channel '21-1-9'" },
        { Head + Cabinet + "   \"cells\": [\n{ \"channel\": \"21-1-1\",\n \"material\": \"NMC\" }] }]}", 9, "devices[0].cells[0].material", "known are LMNO, LMNPO-VO" },
        { Head + Cabinet + "   \"fill\": { \"materials\": [\"NMC\"] } }]}", 7, "devices[0].fill.materials", "no material 'NMC'" },
        { Head + Cabinet + "   \"faults\": [{ \"name\": \"fire\" }] }]}", 7, "devices[0].faults[0]", "there is no fault 'fire'" },
        { Head + "   \"cabinets\": [{ \"devid\": 21 }, { \"devid\": 21 }] }]}", 6, "devices[0].cabinets", "two cabinets" },
        { Head + Cabinet + "   \"port\": 1e9 }]}", 7, "devices[0].port", "wrong type or value" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_bench_file_is_refused_with_file_line_and_member(string text, int line, string member, string said)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-benchfile-").FullName;
        try
        {
            string file = Path.Combine(folder, "bench.json");
            await File.WriteAllTextAsync(file, text);
            string state = Path.Combine(folder, "state");
            BenchFileException e = await Assert.ThrowsAsync<BenchFileException>(() => RunAsync(file, state));
            Assert.False(Directory.Exists(state), "the state folder was left behind");
            Assert.StartsWith($"{file}:{line}: {member}", e.Message, StringComparison.Ordinal);
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_missing_bench_file_and_a_taken_port_are_named()
    {
        BenchFileException missing = await Assert.ThrowsAsync<BenchFileException>(() => RunAsync("/no/such/bench.json", Path.GetTempPath()));
        Assert.StartsWith("/no/such/bench.json: cannot be read", missing.Message, StringComparison.Ordinal);
        await using RunningBench bench = await RunningBench.StartAsync();
        string file = Path.Combine(bench.Folder, "second.json");
        await File.WriteAllTextAsync(
            file, $$"""{ "devices": [{ "id": "a", "driver": "Neware", "cabinets": [{ "devid": 1 }], "port": {{bench.Port}} }] }""");
        IOException taken = await Assert.ThrowsAsync<IOException>(() => RunAsync(file, Path.Combine(bench.Folder, "second")));
        Assert.Contains($"127.0.0.1:{bench.Port}", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_bench_in_the_same_folder_is_refused()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        IOException e = await Assert.ThrowsAsync<IOException>(() => RunAsync(Path.Combine(bench.Folder, "bench.json"), bench.Folder));
        Assert.Contains("already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_written_configuration_fits_the_running_bench()
    {
        await using RunningBench bench = await RunningBench.StartAsync(
            RunningBench.OneCabinet + """, "cells": [{ "channel": "21-2-4", "material": "LMNO", "pipeline": "coin-1" }], "units": "mA", "time_zone": "Europe/Zurich" """);
        JsonElement c = bench.Configuration;
        Assert.Equal("http://127.0.0.1:8070", c.GetProperty("http").GetProperty("url").GetString());
        Assert.Equal(18830, c.GetProperty("mqtt").GetProperty("port").GetInt32());
        JsonElement pipeline = Assert.Single(c.GetProperty("pipelines").EnumerateArray());
        Assert.Equal("cycler1.21-2-4", pipeline.GetProperty("roles").GetProperty("cycler").GetString());
        JsonElement device = Assert.Single(c.GetProperty("devices").EnumerateArray());
        Assert.True(device.GetProperty("simulated").GetBoolean());
        Assert.Equal("tcp", device.GetProperty("connection").GetProperty("kind").GetString());
        Assert.True(device.GetProperty("connection").GetProperty("port").GetInt32() > 0);
        Assert.Equal(("mA", "Europe/Zurich"), (device.GetProperty("settings").GetProperty("units").GetString(), device.GetProperty("settings").GetProperty("time_zone").GetString()));
    }

    /// <summary>A bench that starts although it should not is ended after a while, and the test fails.</summary>
    private static async Task RunAsync(string file, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await BenchHost.RunAsync(
            new BenchRunOptions { BenchFile = file, StateDirectory = state }, new ManualTimeProvider(), NullLoggerFactory.Instance, patience.Token);
    }
}
