using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

public sealed class RecoveryTests
{
    [Fact]
    public async Task A_restart_in_mid_test_goes_on_without_gap_or_repeat()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        bench.Cell.Add(1, 1, 10, 3.3, 5e-5, 1e-4);
        await bench.HasRecordsAsync(job.Id, 2);

        await bench.RestartAsync();
        bench.Cell.Add(1, 1, 20, 3.4, 5e-5, 2e-4);
        bench.Cell.Add(2, 2, 0, 3.4, -5e-5, 0);
        bench.Cell.State = ChannelState.Finished;

        await bench.ReachesAsync(job.Id, JobState.Completed);
        var rows = await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, 100, default);
        Assert.Equal([1L, 2, 3, 4], rows.Select(row => row.Sequence));
        Assert.Equal([1L, 2, 3, 4], rows.Select(row => row.Record.RecordNumber));
        Assert.Equal([0, 1, 1, 1], rows.Select(row => row.Cycle));
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_adopted_and_not_repeated()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.OnStart = _ => throw new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "no reply to start");
        Job job = await bench.SubmitAsync();

        await bench.ReachesAsync(job.Id, JobState.Running);
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_kill_between_start_and_confirmation_is_settled_by_the_intent()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.OnStart = _ =>
        {
            bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "gone");
            throw bench.Cycler.Broken;
        };
        Job job = await bench.SubmitAsync();
        await bench.ReachesAsync(job.Id, JobState.Starting);
        await Eventually.TrueAsync(() => bench.Cycler.Broken is not null, "start sent, its answer lost");

        bench.Cycler.Broken = null;
        bench.Cycler.OnStart = null;
        await bench.RestartAsync();

        await bench.ReachesAsync(job.Id, JobState.Running);
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task A_start_that_never_reached_the_instrument_waits_for_a_person()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.OnStart = cell =>
        {
            (cell.State, cell.TestId, cell.Barcode) = (ChannelState.Finished, "1", null); // the command got lost on the way
            throw new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "no reply");
        };
        Job job = await bench.SubmitAsync();

        await bench.ReachesAsync(job.Id, JobState.Waiting);
        await bench.AlarmAsync("start-");
        Assert.Equal(1, bench.Cell.Starts);

        bench.Cycler.OnStart = null;
        await bench.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.ReachesAsync(job.Id, JobState.Running);
        Assert.Equal(2, bench.Cell.Starts);
    }

    [Fact]
    public async Task An_unclear_channel_is_not_touched()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.OnStart = cell =>
        {
            cell.Barcode = "somebody-elses";
            throw new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "no reply");
        };
        Job job = await bench.SubmitAsync();

        await bench.ReachesAsync(job.Id, JobState.Recovering);
        await bench.AlarmAsync("start-");
        Assert.Equal((1, 0), (bench.Cell.Starts, bench.Cell.Stops));
    }

    [Fact]
    public async Task A_refused_start_fails_the_job_with_the_reason()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.OnStart = cell =>
        {
            cell.State = ChannelState.Finished;
            throw new DeviceFaultException(FaultKind.Rejected, bench.Cycler.Id, "step file not found");
        };
        Job job = await bench.SubmitAsync();

        await bench.ReachesAsync(job.Id, JobState.Failed);
        Job failed = await bench.JobAsync(job.Id);
        Assert.Equal(JobVerdict.Error, failed.Verdict);
        Assert.Contains("step file not found", failed.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_link_changes_nothing_but_the_time()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        for (int cut = 0; cut < 10; cut++)
        {
            bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "cut");
            await Eventually.TrueAsync(() => bench.Engine.Devices[0].State == DeviceState.Disconnected, "cut seen");
            bench.Cell.Add(1, 1, 10 * cut, 3.2, 5e-5, cut * 1e-5);
            bench.Cycler.Broken = null;
            await bench.HasRecordsAsync(job.Id, cut + 1);
        }

        bench.Cell.Add(2, 2, 0, 3.2, -5e-5, 0);
        bench.Cell.State = ChannelState.Finished;
        await bench.ReachesAsync(job.Id, JobState.Completed);
        Assert.Equal((11L, 11L), await bench.Journal.CountRecordsAsync(job.Id, Streams.Cycler, default));
        Assert.Equal(1, bench.Cell.Starts);
    }
}
