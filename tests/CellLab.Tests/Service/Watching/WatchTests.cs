using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Watching;
using CellLab.TestKit.Time;
using NSubstitute;

namespace CellLab.Tests.Service.Watching;

/// <summary>Disk, clock and ion currents, as alarms.</summary>
public sealed class WatchTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly IExperimentDesk desk = Substitute.For<IExperimentDesk>();
    private readonly HashSet<string> active = [];

    public WatchTests()
    {
        desk.Alarms.Returns(_ => [.. active.Select(id => new Alarm(id, AlarmSeverity.Warning, "", null, null, s_noon, true))]);
        desk.RaiseAlarmAsync(default!, default, default!, default, default).ReturnsForAnyArgs(call =>
        {
            active.Add(call.ArgAt<string>(0));
            return Task.CompletedTask;
        });
        desk.ClearAlarmAsync(default!).ReturnsForAnyArgs(call =>
        {
            active.Remove(call.ArgAt<string>(0));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_disk_that_fills_is_told_before_it_is_full()
    {
        var wall = new ManualTimeProvider();
        long free = 100_000_000_000;
        var watch = new DiskWatch(new WatchSettings { DiskFreeGigabytes = 5, DiskForecastDays = 7 }, () => free, desk, wall);
        for (int minute = 0; minute <= 61; minute++)
        {
            await watch.LookAsync(default);
            Assert.True(minute >= 60 || active.Count == 0);
            wall.Advance(TimeSpan.FromMinutes(1));
            free -= 20_000_000;
        }

        Assert.Equal(["disk-forecast"], active); // 28.8 GB a day of 98.8
        free = 4_900_000_000;
        await watch.LookAsync(default);
        Assert.Contains("disk", active);
        free = 5_400_000_000;
        await watch.LookAsync(default);
        Assert.Contains("disk", active);
        free = 90_000_000_000_000;
        await watch.LookAsync(default);
        Assert.Empty(active);
    }

    [Fact]
    public async Task What_a_disk_was_told_for_before_a_restart_is_no_new_event_after_it()
    {
        active.UnionWith(["disk", "disk-forecast"]);
        var wall = new ManualTimeProvider();
        long free = 5_400_000_000; // within the dead band
        var watch = new DiskWatch(new WatchSettings { DiskFreeGigabytes = 5, DiskForecastDays = 7 }, () => free, desk, wall);

        await watch.LookAsync(default);
        Assert.Equal(["disk", "disk-forecast"], active.Order()); // how it fills is not known yet
        wall.Advance(TimeSpan.FromMinutes(61));
        await watch.LookAsync(default);

        Assert.Equal(["disk"], active); // nothing is being written
        await desk.DidNotReceiveWithAnyArgs().RaiseAlarmAsync(default!, default, default!, default, default);
    }

    [Fact]
    public async Task A_clock_that_is_set_is_told_and_one_that_runs_is_not()
    {
        var wall = new SettableClock();
        var watch = new ClockWatch(new WatchSettings { ClockStepSeconds = 2 }, desk, wall);
        await watch.LookAsync(default);
        wall.Pass(TimeSpan.FromHours(1));
        await watch.LookAsync(default);
        await desk.DidNotReceiveWithAnyArgs().RaiseAlarmAsync(default!, default, default!, default, default);

        wall.Set(TimeSpan.FromSeconds(-30));
        wall.Pass(TimeSpan.FromSeconds(5));
        await watch.LookAsync(default);

        await desk.Received(1).RaiseAlarmAsync(
            Arg.Is("clock"), Arg.Any<AlarmSeverity>(), Arg.Is<string>(text => text.Contains("set by -30.0 s", StringComparison.Ordinal)), Arg.Any<JobId?>(), Arg.Any<string?>());
    }

    [Fact]
    public async Task An_ion_current_above_its_level_is_told_by_job()
    {
        IJournal journal = Substitute.For<IJournal>();
        var rule = new IonRule(32, 1e-9, AlarmSeverity.Critical, TimeSpan.FromSeconds(60), 0.2);
        using var watch = new IonWatch(new WatchSettings { IonCurrents = [rule] }, journal, desk);
        async Task Read(int second, double mass, double ampere)
        {
            var row = new CompanionRow(new JobId("abcdefgh2345"), Streams.MassSpectrometer, 1, s_noon.AddSeconds(second), s_noon, second, new IonBody("run", 1, mass, ampere, "faraday"));
            journal.CompanionsCommitted += Raise.Event<Action<IReadOnlyList<CompanionRow>>>((IReadOnlyList<CompanionRow>)[row]);
            await watch.LookAsync(default);
        }

        await Read(0, 32.1, 2e-9);
        await Read(30, 44, 9e-9);
        Assert.Empty(active);
        await Read(60, 31.9, 2e-9);
        Assert.Equal(["ion-32-abcdefgh2345"], active);
        await Read(70, 32, 0.9e-9);
        Assert.NotEmpty(active);
        await Read(80, 32, 0.7e-9);
        Assert.Empty(active);
    }

    [Fact]
    public async Task An_ion_current_that_has_fallen_while_the_service_was_away_is_no_alarm_any_more()
    {
        active.Add("ion-32-abcdefgh2345");
        IJournal journal = Substitute.For<IJournal>();
        using var watch = new IonWatch(new WatchSettings { IonCurrents = [new IonRule(32, 1e-9, AlarmSeverity.Critical, TimeSpan.FromSeconds(60), 0.2)] }, journal, desk);
        var row = new CompanionRow(new JobId("abcdefgh2345"), Streams.MassSpectrometer, 1, s_noon, s_noon, 0, new IonBody("run", 1, 32, 1e-12, "faraday"));

        journal.CompanionsCommitted += Raise.Event<Action<IReadOnlyList<CompanionRow>>>((IReadOnlyList<CompanionRow>)[row]);
        await watch.LookAsync(default);

        Assert.Empty(active);
    }

    /// <summary>A clock whose date can be set while its seconds go on.</summary>
    private sealed class SettableClock : TimeProvider
    {
        private TimeSpan passed;
        private TimeSpan set;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => s_noon + passed + set;

        public override long GetTimestamp() => passed.Ticks;

        public void Pass(TimeSpan time) => passed += time;

        public void Set(TimeSpan by) => set += by;
    }
}
