using CellLab.Core.Time;
using CellLab.HardwareSim.Time;
using CellLab.Service.Clock;
using CellLab.TestKit.Time;

namespace CellLab.Tests.HardwareSim.Time;

public sealed class ClockLeashTests : IDisposable
{
    private static readonly DateTimeOffset LabStart = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-leash-").FullName;
    private readonly ManualTimeProvider _wall = new();
    private readonly BenchClock _clock;
    private readonly ClockLeash _leash;

    public ClockLeashTests()
    {
        _clock = new BenchClock(_wall, 2000, LabStart);
        _leash = new ClockLeash(_clock, _wall);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lab_time_waits_for_the_next_poll_of_an_output_that_is_on()
    {
        _leash.Changed(outputOn: true, Flat);
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ClockLeash.LongestSeconds, _clock.SecondsNow);
        _leash.Polled(Flat);
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2 * ClockLeash.LongestSeconds, _clock.SecondsNow);
    }

    [Fact]
    public void A_steep_voltage_shortens_the_leash()
    {
        _leash.Changed(outputOn: true, seconds => 4.7 + (0.01 * seconds));
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(_clock.SecondsNow, 0.05, 0.15); // 1.5 mV at 10 mV/s
    }

    [Fact]
    public void Of_several_leashes_the_shortest_holds()
    {
        var other = new ClockLeash(_clock, _wall);
        other.Changed(outputOn: true, seconds => 4.7 + (0.01 * seconds));
        _leash.Changed(outputOn: true, Flat);
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(_clock.SecondsNow, 0.05, 0.15);
        other.ClientGone();
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ClockLeash.LongestSeconds, _clock.SecondsNow);
    }

    [Fact]
    public void A_rest_stays_on_the_leash_while_it_is_stepped_and_no_longer()
    {
        _leash.Changed(outputOn: true, Flat);
        _leash.Changed(outputOn: false, Flat);
        for (int poll = 0; poll < 10; poll++)
        {
            _wall.Advance(TimeSpan.FromMilliseconds(50));
            _leash.Advance();
            _leash.Polled(Flat);
        }

        Assert.Equal(10 * ClockLeash.LongestSeconds, _clock.SecondsNow);
        _wall.Advance(TimeSpan.FromMilliseconds(300));
        _leash.Advance();
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_clock.SecondsNow > 1000);
    }

    [Fact]
    public void A_client_that_has_gone_lets_lab_time_run()
    {
        _leash.Changed(outputOn: true, Flat);
        _leash.ClientGone();
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2000, _clock.SecondsNow);
    }

    [Fact]
    public void The_service_sees_where_lab_time_ends_and_no_timer_fires_before()
    {
        using var publication = new ClockPublication(_folder, _clock);
        using var source = new ClockFileSource(Path.Combine(_folder, "clock.json"));
        var lab = new LabClock(source, _wall);
        int fired = 0;
        using ITimer timer = lab.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        _leash.Changed(outputOn: true, Flat);
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((_clock.UtcNow, 0), (lab.GetUtcNow(), fired));
        _leash.Polled(Flat);
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
    }

    private static double Flat(double seconds) => 3.7;
}
