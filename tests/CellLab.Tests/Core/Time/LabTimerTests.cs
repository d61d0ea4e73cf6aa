using CellLab.Core.Time;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Core.Time;

/// <summary>Every kind of timer, at the speeds of a real and of a simulated bench.</summary>
public sealed class LabTimerTests
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    public static TheoryData<double> Speeds => [1, 2000, 10000];

    [Theory]
    [MemberData(nameof(Speeds))]
    public void A_one_shot_timer_fires_once_at_its_lab_time_and_not_before(double speed)
    {
        var bench = new LabBench(speed);
        int fired = 0;
        using ITimer timer = bench.Lab.CreateTimer(_ => fired++, null, TimeSpan.FromHours(20), Never);
        bench.AdvanceLab(TimeSpan.FromHours(19.9));
        Assert.Equal(0, fired);
        bench.AdvanceLab(TimeSpan.FromHours(0.2));
        Assert.Equal(1, fired);
        bench.AdvanceLab(TimeSpan.FromHours(100));
        Assert.Equal(1, fired);
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public async Task A_delay_ends_at_its_lab_time(double speed)
    {
        var bench = new LabBench(speed);
        DateTimeOffset begin = bench.Lab.GetUtcNow();
        Task delay = Task.Delay(TimeSpan.FromMinutes(30), bench.Lab);
        bench.AdvanceLab(TimeSpan.FromMinutes(29));
        Assert.False(delay.IsCompleted);
        bench.AdvanceLab(TimeSpan.FromMinutes(1.5));
        await delay;
        Assert.InRange(bench.Lab.GetUtcNow() - begin, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31));
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public async Task A_periodic_timer_ticks_once_per_period_however_late_it_is_asked(double speed)
    {
        var bench = new LabBench(speed);
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), bench.Lab);
        for (int i = 0; i < 5; i++)
        {
            ValueTask<bool> tick = timer.WaitForNextTickAsync();
            Assert.False(tick.IsCompleted);
            bench.AdvanceLab(TimeSpan.FromMinutes(10));
            Assert.True(await tick);
        }
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public void Missed_ticks_fall_together_and_the_rhythm_is_kept(double speed)
    {
        var bench = new LabBench(speed);
        var at = new List<double>();
        DateTimeOffset begin = bench.Lab.GetUtcNow();
        using ITimer timer = bench.Lab.CreateTimer(
            _ => at.Add((bench.Lab.GetUtcNow() - begin).TotalSeconds), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        bench.AdvanceLab(TimeSpan.FromMinutes(10));
        double shortest = Math.Max(5, speed * 1e-3);
        Assert.InRange(at.Count, 1, (int)(600 / shortest) + 1);
        Assert.All(at.Zip(at.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.5 * shortest, $"ticks at {pair.First} and {pair.Second} s"));
        Assert.True(at.Count >= 600 / shortest / 2, $"{at.Count} ticks");
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public void A_time_out_source_cancels_at_its_lab_time_and_can_be_put_off(double speed)
    {
        var bench = new LabBench(speed);
        using var source = new CancellationTokenSource(TimeSpan.FromMinutes(10), bench.Lab);
        bench.AdvanceLab(TimeSpan.FromMinutes(9));
        source.CancelAfter(TimeSpan.FromMinutes(10));
        bench.AdvanceLab(TimeSpan.FromMinutes(9));
        Assert.False(source.IsCancellationRequested);
        bench.AdvanceLab(TimeSpan.FromMinutes(2));
        Assert.True(source.IsCancellationRequested);
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public void Change_moves_stops_and_restarts_a_timer(double speed)
    {
        var bench = new LabBench(speed);
        int fired = 0;
        ITimer timer = bench.Lab.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Never);
        Assert.True(timer.Change(Never, Never));
        bench.AdvanceLab(TimeSpan.FromHours(2));
        Assert.Equal(0, fired);
        Assert.True(timer.Change(TimeSpan.FromHours(1), Never));
        bench.AdvanceLab(TimeSpan.FromHours(1.1));
        Assert.Equal(1, fired);
        Assert.True(timer.Change(TimeSpan.Zero, Never));
        Assert.Equal(2, fired);
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.FromHours(1), Never));
        bench.AdvanceLab(TimeSpan.FromHours(2));
        Assert.Equal(2, fired);
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public void A_timer_shorter_than_a_wall_millisecond_waits_one(double speed)
    {
        var bench = new LabBench(speed);
        int fired = 0;
        using ITimer timer = bench.Lab.CreateTimer(_ => fired++, null, TimeSpan.FromTicks(1), Never);
        Assert.Equal(0, fired);
        bench.Wall.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, fired);
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public void While_the_bench_holds_its_clock_no_timer_fires(double speed)
    {
        var bench = new LabBench(speed);
        int fired = 0;
        using ITimer timer = bench.Lab.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Never);
        bench.AdvanceLab(TimeSpan.FromMinutes(59));
        bench.Source.SetHold(bench.Wall.GetUtcNow(), true);
        bench.Wall.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, fired);
        bench.Source.SetHold(bench.Wall.GetUtcNow(), false);
        bench.AdvanceLab(TimeSpan.FromMinutes(1) + (LabTimerWaits.Recheck * speed));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_wait_of_years_is_taken_in_pieces_that_the_system_can_wait()
    {
        var bench = new LabBench(1);
        int fired = 0;
        using ITimer timer = bench.Lab.CreateTimer(_ => fired++, null, TimeSpan.FromDays(400), Never);
        bench.AdvanceLab(TimeSpan.FromDays(399));
        Assert.Equal(0, fired);
        bench.AdvanceLab(TimeSpan.FromDays(2));
        Assert.Equal(1, fired);
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public async Task On_the_system_clock_timers_of_one_wall_second_do_not_fire_early(double speed)
    {
        var lab = new LabClock(
            new FixedLabTime(new LabTimeSetting(TimeProvider.System.GetUtcNow(), DateTimeOffset.UnixEpoch, speed, false)), TimeProvider.System);
        DateTimeOffset begin = lab.GetUtcNow();
        var ends = new List<TimeSpan>();
        using ITimer timer = lab.CreateTimer(_ => ends.Add(lab.GetUtcNow() - begin), null, TimeSpan.FromSeconds(0.2 * speed), Never);
        await Eventually.TrueAsync(() => ends.Count > 0, "the timer to fire");
        Assert.True(ends[0] >= TimeSpan.FromSeconds(0.2 * speed), $"fired after {ends[0]} of lab time");
    }
}
