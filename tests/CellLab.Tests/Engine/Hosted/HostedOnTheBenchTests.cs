using CellLab.CellModel;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Engine.Hosted;
using CellLab.HardwareSim.Bench;
using CellLab.Service.Clock;
using CellLab.Service.Offline.Preview;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>The step engine on a simulated pouch cell over Modbus TCP, two thousand times as fast as the wall.</summary>
public sealed class HostedOnTheBenchTests(ITestOutputHelper output)
{
    private const double Week = 7 * 86400;

    /// <summary>Switching an output takes several requests, and up to 2 s of lab time lie between two of them at this speed.</summary>
    private const double SwitchSeconds = 12;

    /// <summary>Coin cells side by side in the pouch.</summary>
    private const int Parallel = 1000;

    private static readonly CellProgram Program = FastCycle(Parallel * 0.5e-3);

    private static CellProgram FastCycle(double oneC) => new(
        "fast",
        [
            new CurrentStep(1, "b", 5 * oneC, 5, null, 4.8),
            new VoltageStep(2, "b", 4.8, true, 30, null, StartCurrentAmperes: 5 * oneC),
            new RestStep(3, "b", 60),
            new CurrentStep(4, "b", -5 * oneC, -5, null, 2.0),
        ],
        new RecordRule(5, 0.005, null),
        new SafetyLimits(4.9, 1.8, null, null, null, 5),
        oneC);

    [Fact]
    public async Task Cut_offs_and_capacities_are_those_of_the_cell_at_speed_2000()
    {
        if (Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") != "1")
        {
            return; // twenty seconds; a rate map through the whole service shows the same in the system tests, every time
        }

        string folder = Directory.CreateTempSubdirectory("celllab-hosted-bench-").FullName;
        using var stop = new CancellationTokenSource();
        Task bench = await StartBenchAsync(folder, stop.Token);
        try
        {
            using var source = new ClockFileSource(Path.Combine(folder, "clock.json"));
            List<FollowedReading> turns = await RunAsync(folder, new Clocks(new LabClock(source, TimeProvider.System), TimeProvider.System));
            Compare([.. turns.SelectMany(turn => turn.Records)], [.. turns.SelectMany(turn => turn.StepTimes)]);
        }
        finally
        {
            await stop.CancelAsync();
            await bench;
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Compare(List<InstrumentRecord> rows, List<StepTime> steps)
    {
        CellParameters cell = Materials.Get("LMNO");
        List<StepEnding> rehearsed = [.. new DryRun(FastCycle(0.5e-3)).Play(new ModelCell(cell, cell.ActiveMassMilligrams, 0.06), Week, default)];
        Assert.Equal(rehearsed.Select(step => step.Step.Number), steps.Select(step => step.StepId));
        foreach ((StepEnding expected, StepTime found) in rehearsed.Zip(steps))
        {
            InstrumentRecord end = rows.Single(row => row.RecordNumber == found.LastRecord);
            double ampereHours = Parallel * Math.Abs(expected.AmpereHours);
            output.WriteLine(FormattableString.Invariant(
                $"step {found.StepId}: {found.DurationSeconds:F1} s ({expected.DurationSeconds:F1}), {end.StepCapacityAmpereHours:F5} A h ({ampereHours:F5}), {end.VoltageVolts:F4} V"));
            Assert.InRange(
                found.DurationSeconds, (0.99 * expected.DurationSeconds) - SwitchSeconds, (1.01 * expected.DurationSeconds) + SwitchSeconds);
            if (expected.Step is CurrentStep { UntilVoltageVolts: { } cutOff })
            {
                Assert.InRange(end.VoltageVolts, cutOff - 0.005, cutOff + 0.005);
                Assert.InRange(end.StepCapacityAmpereHours!.Value / ampereHours, 0.97, 1.03);
            }
        }

        output.WriteLine($"{rows.Count} rows");
        Assert.InRange(rows.Max(row => row.VoltageVolts), 4.795, 4.805);
        Assert.InRange(rows.Min(row => row.VoltageVolts), 1.995, 2.005);
    }

    private static async Task<Task> StartBenchAsync(string folder, CancellationToken stop)
    {
        string file = Path.Combine(folder, "bench.json");
        await File.WriteAllTextAsync(file, """
            { "cells": [{ "name": "pouch", "material": "LMNO", "parallel": 1000 }],
              "devices": [{ "id": "mod1", "driver": "ModbusCycler", "model": "ea-psb", "cell": "pouch", "noise": false, "pipeline": "pouch-1" }] }
            """, stop);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new BenchRunOptions
        {
            BenchFile = file, Speed = 2000, StateDirectory = folder, ConfigOut = Path.Combine(folder, "celllab.json"), Ready = ready.SetResult,
        };
        Task running = Task.Run(() => BenchHost.RunAsync(options, TimeProvider.System, NullLoggerFactory.Instance, stop), CancellationToken.None);
        await await Task.WhenAny(running, ready.Task);
        return running;
    }

    private static async Task<List<FollowedReading>> RunAsync(string folder, Clocks clocks)
    {
        IConfigurationSection entry = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, "celllab.json")).Build().GetSection("devices:0");
        IDevice driver = DriverCatalog.Find("ModbusCycler", "devices[0].driver").Create(DeviceSetup.From(entry), clocks, NullLoggerFactory.Instance);
        await using var runner = (HostedProgramRunner)HostedProgramRunner.Over(driver, new HostedTimings(), clocks, NullLoggerFactory.Instance);
        await runner.ConnectAsync(default);
        ChannelAddress channel = Assert.Single(runner.Channels);
        Assert.Empty(runner.Check(channel, Program));
        ChannelStatus started = await runner.StartAsync(channel, Program, "pouch_1", default);
        var cursor = new ChannelCursor(channel, started.TestId!, null, Program);
        var turns = new List<FollowedReading>();
        while (turns.Count == 0 || turns[^1].Outcome == FollowOutcome.Following)
        {
            BankReading reading = await runner.PollAsync([cursor], default);
            Assert.NotEqual(ChannelState.Paused, reading.States[0].State);
            turns.Add(reading.Followed[0]);
            cursor = cursor with { ResumeToken = turns[^1].ResumeToken };
            TimeSpan wait = runner.UntilNextTurn;
            await Task.Delay(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.Equal(FollowOutcome.Complete, turns[^1].Outcome);
        return turns;
    }
}
