using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

public sealed class FullDiskTests
{
    [Fact]
    public async Task Records_wait_in_the_instrument_until_there_is_room()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();
        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        await bench.HasRecordsAsync(job.Id, 1);

        bench.Disk.IsFull = true;
        bench.Cell.Add(1, 1, 10, 3.3, 5e-5, 1e-4);
        bench.Cell.Add(1, 1, 20, 3.4, 5e-5, 2e-4);
        int refused = bench.Disk.Refused;
        await Eventually.TrueAsync(() => bench.Disk.Refused > refused + 3, "several refused commits");
        Assert.Equal(1, (await bench.Journal.CountRecordsAsync(job.Id, Streams.Cycler, default)).Count);
        Assert.Contains(bench.Engine.Alarms, alarm => alarm is { Id: "storage", Active: true });

        bench.Disk.IsFull = false;
        bench.Cell.Add(2, 2, 0, 3.4, -5e-5, 0);
        bench.Cell.State = CellLab.Core.Devices.ChannelState.Finished;
        await bench.ReachesAsync(job.Id, JobState.Completed);
        var rows = await bench.Journal.ReadRecordsAsync(job.Id, Streams.Cycler, 1, 100, default);
        Assert.Equal([1L, 2, 3, 4], rows.Select(row => row.Sequence));
        Assert.Equal([1L, 2, 3, 4], rows.Select(row => row.Record.RecordNumber));
        Assert.Contains(await bench.Journal.ReadAlarmsAsync(includeOver: true, default), alarm => alarm is { Id: "storage", Active: false });
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_disk()
    {
        await using var bench = await EngineBench.StartAsync();
        Job job = await bench.RunningJobAsync();

        bench.Disk.IsFull = true;
        await bench.Engine.StopAsync(job.Id, "disk full", "tester", default);

        Assert.Equal(CellLab.Core.Devices.ChannelState.Stopped, bench.Cell.State);
        bench.Disk.IsFull = false;
        await bench.ReachesAsync(job.Id, JobState.Cancelled);
    }

    [Fact]
    public async Task A_job_that_cannot_be_stored_is_not_started()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Disk.IsFull = true;

        await Assert.ThrowsAsync<CellLab.Core.Storage.StorageException>(() => bench.SubmitAsync());

        bench.Disk.IsFull = false;
        Assert.Empty(await bench.Journal.ReadJobsAsync(default));
        Assert.Equal(0, bench.Cell.Starts);
        await bench.RunningJobAsync(); // the lease is free again
    }
}
