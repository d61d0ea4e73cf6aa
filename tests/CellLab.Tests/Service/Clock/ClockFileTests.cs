using CellLab.Core.Time;
using CellLab.HardwareSim.Time;
using CellLab.Service.Clock;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Service.Clock;

/// <summary>What the bench writes is what the service reads.</summary>
public sealed class ClockFileTests : IDisposable
{
    private static readonly DateTimeOffset LabStart = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-clock-").FullName;
    private readonly ManualTimeProvider _wall = new();

    private string JsonFile => Path.Combine(_folder, "clock.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void The_service_reads_the_benchs_lab_time(double speed)
    {
        var bench = new BenchClock(_wall, speed, LabStart);
        using var publication = new ClockPublication(_folder, bench);
        using var source = new ClockFileSource(JsonFile);
        var lab = new LabClock(source, _wall);
        Assert.Equal(LabStart, lab.GetUtcNow());
        _wall.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(LabStart + TimeSpan.FromSeconds(3 * speed), lab.GetUtcNow());
        Assert.Equal(bench.UtcNow, lab.GetUtcNow());
    }

    [Fact]
    public void A_hold_is_seen_at_once_and_lab_time_goes_on_where_it_stood()
    {
        var bench = new BenchClock(_wall, 100, LabStart);
        using var publication = new ClockPublication(_folder, bench);
        using var source = new ClockFileSource(JsonFile);
        var lab = new LabClock(source, _wall);
        _wall.Advance(TimeSpan.FromSeconds(1));
        using (bench.Hold())
        {
            Assert.True(source.Current.Hold);
            _wall.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(LabStart + TimeSpan.FromSeconds(100), lab.GetUtcNow());
        }

        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(LabStart + TimeSpan.FromSeconds(200), lab.GetUtcNow());
    }

    [Fact]
    public void A_bench_that_has_ended_leaves_the_clock_on_hold_where_it_was()
    {
        var bench = new BenchClock(_wall, 100, LabStart);
        var publication = new ClockPublication(_folder, bench);
        using var source = new ClockFileSource(JsonFile);
        _wall.Advance(TimeSpan.FromSeconds(2));
        publication.Dispose();
        Assert.True(source.Current.Hold);
        Assert.Equal(LabStart + TimeSpan.FromSeconds(200), ClockFile.HeldAt(_folder));
    }

    [Fact]
    public async Task A_reader_never_sees_half_a_line()
    {
        using var cell = new ClockCell(Path.Combine(_folder, "clock.cell"));
        ClockLine[] lines = [new(Instant(1), Instant(1), 1, false), new(Instant(2), Instant(2), 2, true)];
        cell.Write(lines[0]);
        ClockFile.Write(_folder, lines[0]);
        using var source = new ClockFileSource(JsonFile);
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                cell.Write(lines[i % 2]);
            }
        });
        for (int i = 0; i < 200_000; i++)
        {
            LabTimeSetting seen = source.Current;
            Assert.Equal(seen.WallEpoch, seen.LabEpoch);
            Assert.Equal(seen.Speed == 2, seen.Hold);
            Assert.Equal(Instant(seen.Speed), seen.WallEpoch);
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public void A_missing_clock_names_the_file_and_the_remedy()
    {
        ClockFileException e = Assert.Throws<ClockFileException>(() => new ClockFileSource(JsonFile));
        Assert.Contains("clock.json", e.Message, StringComparison.Ordinal);
        Assert.Contains("celllab sim", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n nonsense", "clock.json:2")]
    [InlineData("{}", "wall_epoch_utc")]
    [InlineData("[]", "wall_epoch_utc")]
    public void A_file_that_is_no_clock_is_refused_with_its_place(string text, string said)
    {
        File.WriteAllText(JsonFile, text);
        Assert.Contains(said, Assert.Throws<ClockFileException>(() => new ClockFileSource(JsonFile)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "64 bytes")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", "CLABCLK1")]
    public void A_cell_that_is_none_is_refused(string content, string said)
    {
        ClockFile.Write(_folder, new ClockLine(Instant(1), Instant(1), 1, false));
        File.WriteAllText(Path.Combine(_folder, "clock.cell"), content);
        Assert.Contains(said, Assert.Throws<ClockFileException>(() => new ClockFileSource(JsonFile)).Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Instant(double day) => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}
