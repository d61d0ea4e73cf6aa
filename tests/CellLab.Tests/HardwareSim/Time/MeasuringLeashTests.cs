using CellLab.HardwareSim.Time;
using CellLab.TestKit.Time;

namespace CellLab.Tests.HardwareSim.Time;

public sealed class MeasuringLeashTests : IDisposable
{
    private readonly ManualTimeProvider _wall = new();
    private readonly BenchClock _clock;
    private readonly MeasuringLeash _leash;

    public MeasuringLeashTests()
    {
        _clock = new BenchClock(_wall, 2000, new DateTimeOffset(2030, 5, 6, 7, 8, 9, TimeSpan.Zero));
        _leash = new MeasuringLeash(_clock, _wall);
    }

    public void Dispose() => _leash.Dispose();

    [Fact]
    public void Lab_time_waits_for_a_client_that_is_late_with_its_next_reading()
    {
        Pass();
        _wall.Advance(TimeSpan.FromMilliseconds(20)); // 40 lab s
        Pass();
        double read = _clock.SecondsNow;
        _wall.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(60, _clock.SecondsNow - read, 1e-6); // one and a half intervals
    }

    [Fact]
    public void Time_runs_freely_when_nobody_reads_any_more()
    {
        Pass();
        _wall.Advance(TimeSpan.FromSeconds(2));
        double stood = _clock.SecondsNow;
        _leash.Advance();
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2000, _clock.SecondsNow - stood, 1e-6);
    }

    private void Pass()
    {
        for (int mass = 0; mass < 3; mass++)
        {
            _leash.Read();
        }
    }
}
