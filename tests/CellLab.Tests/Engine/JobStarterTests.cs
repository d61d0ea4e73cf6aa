using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Live;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CellLab.Tests.Engine;

public sealed class JobStarterTests
{
    private static readonly ChannelAddress s_channel = new(new DeviceId("cycler1"), "a");

    private readonly IJournal _journal = Substitute.For<IJournal>();
    private readonly LiveJob _live = new(EngineBench.NewJob() with { State = JobState.Starting }, s_channel, steppedByService: false);

    [Fact]
    public async Task A_stop_that_is_stored_just_before_the_confirmed_start_leaves_the_test_followed()
    {
        Clocks clocks = Clocks.RealTime;
        var jobs = new LiveJobs();
        jobs.Add(_live);
        var ledger = new JobLedger(_journal, jobs, clocks, NullLogger.Instance);
        var alarms = new AlarmDesk(_journal, clocks, NullLogger.Instance);
        var starter = new JobStarter(_journal, ledger, alarms, null!, new RestVoltages(_journal), null!, null!, clocks, NullLogger.Instance);
        var intent = new StartIntent(_live.Id, 1, s_channel, "1", _live.Barcode, DateTimeOffset.UnixEpoch);
        var found = new ChannelStatus(s_channel, ChannelState.Running, "working", DateTimeOffset.UnixEpoch, 3.2, 5e-5, "2", _live.Barcode);
        await _live.Gate.WaitAsync(); // the stop is being stored

        Task adopting = starter.AdoptAsync(_live, intent, found, "started");
        _live.Stored(_live.Job with { State = JobState.Stopping });
        _live.Gate.Release();
        await adopting;

        Assert.Equal("2", _live.Segment?.TestId);
        Assert.Equal(JobState.Stopping, _live.Job.State);
        await _journal.Received(1).CommitAsync(
            Arg.Is<JournalWrite>(write => write.Segments.Count == 1 && write.Intents.Any(closed => closed.Outcome == "started")), Arg.Any<CancellationToken>());
    }
}
