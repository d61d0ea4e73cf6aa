using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Land;
using CellLab.HardwareSim.Time;
using CellLab.TestKit.Time;

namespace CellLab.Tests.HardwareSim.Land;

/// <summary>A tester whose files are all that is seen of it must not fall behind the lab clock.</summary>
public sealed class LandPaceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("celllab-land-pace-");

    [Fact]
    public async Task A_bench_that_got_no_time_has_not_let_lab_time_run_past_a_file_that_still_grows()
    {
        var wall = new ManualTimeProvider();
        var clock = new BenchClock(wall, 1000, wall.GetUtcNow());
        var faults = new FaultBoard();
        await using LandInstrument tester = Tester(clock, faults);
        faults.Set(new ActiveFault(FaultNames.OperatorStart, "land1", "1-1", new Dictionary<string, string>()));
        tester.Advance();

        wall.Advance(TimeSpan.FromSeconds(10)); // 10,000 lab seconds without a turn
        double stalled = clock.SecondsNow;
        tester.Advance();
        faults.Set(new ActiveFault(FaultNames.OperatorStop, "land1", "1-1", new Dictionary<string, string>()));
        tester.Advance();
        wall.Advance(TimeSpan.FromSeconds(10));

        Assert.InRange(stalled, 1, 30);
        Assert.InRange(clock.SecondsNow - stalled, 9_000, 10_100);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private LandInstrument Tester(BenchClock clock, FaultBoard faults)
    {
        var device = new LandBenchDevice
        {
            Id = "land1",
            Driver = "Land",
            Channels = [new LandBenchChannel { Channel = "1-1", Cell = "a" }],
            Programs = [new LandBenchProgram { Name = "rest", Steps = [new LandBenchStep { Kind = "rest", Seconds = 1e6 }] }],
        };
        var files = new LandFiles(Path.Combine(_folder.FullName, "land"));
        var place = new CellPlace("a", new SimulatedCell(Materials.Get("LMNO"), 1));
        return new LandInstrument(device, files, [new LandChannel("land1", device.Channels[0], place, new Meter(exact: true, 1), device, files)], clock, faults);
    }
}
