using CellLab.Core.Devices;

namespace CellLab.ContractTests.Contracts;

/// <summary>What every instrument must do.</summary>
public abstract class DeviceContract
{
    protected abstract Task<InstrumentBench> CreateBenchAsync();

    [Fact]
    public async Task Connecting_twice_leaves_it_working()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();

        await device.ConnectAsync(CancellationToken.None);

        Assert.Contains(bench.Channel, (await Bank(device).PollAsync([], CancellationToken.None)).States.Select(s => s.Channel));
    }

    [Fact]
    public async Task A_reply_that_ends_in_the_middle_is_a_transient_fault_and_connecting_again_mends_it()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        await bench.CutNextReplyAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => Bank(device).InspectAsync(bench.Channel, CancellationToken.None));
        await device.ConnectAgainAsync();
        ChannelStatus status = await Bank(device).InspectAsync(bench.Channel, CancellationToken.None);

        Assert.True(fault.IsTransient);
        Assert.NotEqual(ChannelState.Unknown, status.State);
    }

    [Fact]
    public async Task A_cancelled_read_ends_as_cancelled_and_the_next_one_is_not_given_its_reply()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        await bench.HangNextReplyAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Bank(device).InspectAsync(bench.Channel, soon.Token));
        await device.ConnectAsync(CancellationToken.None);
        ChannelStatus status = await Bank(device).InspectAsync(bench.Channel, CancellationToken.None);

        Assert.Equal(bench.Channel, status.Channel);
        Assert.NotEqual(ChannelState.Unknown, status.State);
    }

    [Fact]
    public async Task Without_a_connection_reading_is_unreachable()
    {
        await using InstrumentBench bench = await CreateBenchAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => Bank(bench.Create()).PollAsync([], CancellationToken.None));

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
    }

    protected static IChannelBank Bank(IDevice device) =>
        device.TryGet(out IChannelBank? bank) ? bank : throw new InvalidOperationException("the device has no channels");
}
