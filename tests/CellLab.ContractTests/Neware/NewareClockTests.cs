using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Neware;

/// <summary>What a probe finds out about the BTS PC's clock. The bench has one clock: the offset is 0 within its uncertainty, which holds half the
/// round trip, a thousand times as long in lab time.</summary>
public sealed class NewareClockTests : IAsyncLifetime
{
    private NewareInstrumentBench _bench = null!;
    private IDevice _device = null!;
    private IProgramRunner _runner = null!;
    private IChannelBank _bank = null!;

    public async Task InitializeAsync()
    {
        _bench = await NewareInstrumentBench.StartAsync();
        _device = await _bench.CreateConnectedAsync();
        Assert.True(_device.TryGet(out IChannelBank? bank) & _device.TryGet(out IProgramRunner? runner));
        (_bank, _runner) = (bank!, runner!);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_probe_finds_the_channels_and_a_small_clock_offset()
    {
        await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        Assert.True(_device.TryGet(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(CancellationToken.None);

        Assert.Equal(["21-1-1", "21-1-2", "21-2-1", "21-2-2"], report.Channels.Select(c => c.Channel.Channel));
        ClockOffset offset = report.Clock.Offset!;
        Assert.NotNull(offset);
        Assert.True(offset.Offset.Duration() <= offset.Uncertainty + TimeSpan.FromSeconds(1), $"{offset}: the bench has one clock"); // the uncertainty holds the round trip, a thousand times as long in lab time
    }

    [Fact]
    public async Task A_pause_is_not_taken_for_an_offset_of_the_clock()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 3, "some records");
        Assert.True(await _runner.PauseAsync(_bench.Channel, CancellationToken.None));
        DateTimeOffset paused = _bench.Simulator.Clocks.Lab.GetUtcNow();
        await Eventually.TrueAsync(() => _bench.Simulator.Clocks.Lab.GetUtcNow() - paused > TimeSpan.FromMinutes(20), "a pause of twenty minutes");
        await following.UntilAsync(reading => reading.Records.Count == 0, "all records from before the pause");
        await _runner.ContinueAsync(_bench.Channel, CancellationToken.None);
        int before = following.Records.Count;
        await following.UntilAsync(_ => following.Records.Count > before, "records after the pause");
        Assert.True(_device.TryGet(out IInstrumentClock? clock));

        ClockReading reading = await clock.ReadClockAsync(CancellationToken.None);

        Assert.True(
            reading.Offset is { } offset ? offset.Offset.Duration() <= offset.Uncertainty + TimeSpan.FromSeconds(1) : reading.Source.Contains("was paused", StringComparison.Ordinal),
            $"{reading}");
    }
}
