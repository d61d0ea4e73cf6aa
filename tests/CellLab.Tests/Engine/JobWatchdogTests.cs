using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CellLab.Tests.Engine;

public sealed class JobWatchdogTests
{
    [Fact]
    public async Task A_disk_that_was_full_for_a_while_does_not_end_the_watch_over_silent_jobs()
    {
        IJournal journal = Substitute.For<IJournal>();
        journal.CommitAsync(null!, default).ReturnsForAnyArgs(Task.FromException(new StorageException("the disk is full")), Task.CompletedTask);
        Clocks clocks = Clocks.RealTime;
        var jobs = new LiveJobs();
        LiveJob silent = Silent(clocks);
        jobs.Add(silent);
        var alarms = new AlarmDesk(journal, clocks, NullLogger.Instance);
        var ledger = new JobLedger(journal, jobs, clocks, NullLogger.Instance);
        var watchdog = new JobWatchdog(jobs, ledger, alarms, _ => TimeSpan.FromSeconds(5), new EngineTimings(), clocks, NullLogger.Instance);
        using var end = new CancellationTokenSource();

        Task watch = watchdog.RunAsync(end.Token);

        await Eventually.TrueAsync(() => watch.IsCompleted || silent.Job.State == JobState.Recovering, "the silence to be noticed once there is room");
        Assert.False(watch.IsCompleted, "the watch has ended");
        await Eventually.TrueAsync(() => alarms.Present.Any(alarm => alarm.Id == AlarmIds.NoData(silent.Id)), "the alarm");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    private static LiveJob Silent(Clocks clocks) =>
        new(EngineBench.NewJob() with { State = JobState.Running }, new ChannelAddress(new DeviceId("cycler1"), "a"), steppedByService: false)
        {
            LastDataAtLab = clocks.Lab.GetUtcNow().AddHours(-1),
            LastDataAtWall = clocks.Wall.GetTimestamp() - (3600 * clocks.Wall.TimestampFrequency),
        };
}
