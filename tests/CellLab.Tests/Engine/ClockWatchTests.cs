using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine;

/// <summary>Clocks of instruments are measured and kept with the jobs that use them.</summary>
public sealed class ClockWatchTests
{
    private double _offset = 1.5;

    [Fact]
    public async Task The_clock_is_measured_when_a_job_has_begun_and_again_after_a_reconnect_and_a_move_is_an_event()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.Clock = Read;
        Job job = await bench.RunningJobAsync();
        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0); // its first record: from then on it is known when the job began

        await Eventually.TrueAsync(async () => (await EventsAsync(bench, job)).Length == 1, "the first event");
        ClockNote note = bench.Engine.ClocksOf(job.Id).Single();
        Assert.Equal(("cycler1", 1.5, 0.25, "its own"), (note.Device, note.OffsetSeconds, note.UncertaintySeconds, note.Source));
        Assert.Equal(note, (await EventsAsync(bench, job))[0]);

        bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "away");
        await Eventually.TrueAsync(() => bench.Engine.Devices[0].State != DeviceState.Online, "the link to be lost");
        _offset = 9;
        bench.Cycler.Broken = null;

        await Eventually.TrueAsync(async () => (await EventsAsync(bench, job)) is [_, { OffsetSeconds: 9 }], "the event about the move");
        Assert.Equal(9, bench.Engine.ClocksOf(job.Id).Single().OffsetSeconds);
    }

    [Fact]
    public async Task Why_a_clock_is_not_known_is_told_once()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.Clock = () => new ClockReading("nothing runs");
        Job job = await bench.RunningJobAsync();
        bench.Cell.Add(1, 1, 0, 3.2, 5e-5, 0); // its first record: from then on it is known when the job began

        await Eventually.TrueAsync(async () => (await EventsAsync(bench, job)) is [{ OffsetSeconds: null, Source: "nothing runs" }], "the event");
    }

    private ClockReading Read() => new("its own", new ClockOffset(TimeSpan.FromSeconds(_offset), TimeSpan.FromSeconds(0.25), DateTimeOffset.UnixEpoch));

    private static async Task<ClockNote[]> EventsAsync(EngineBench bench, Job job) =>
        [.. (await bench.Journal.ReadEventsAsync(job.Id, 0, 1000, default)).Where(told => told.Kind == ClockNote.EventKind).Select(told => JsonSerializer.Deserialize<ClockNote>(told.DataJson!)!)];
}
