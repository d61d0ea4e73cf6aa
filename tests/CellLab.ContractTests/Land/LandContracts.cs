using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Records;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Land;

/// <summary>The contracts of a device that is followed through its files: what others prove over a wire.</summary>
public sealed class LandContracts
{
    [Fact]
    public async Task Connecting_twice_leaves_it_working()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();

        await ((IDevice)bank).ConnectAsync(CancellationToken.None);

        Assert.Equal(bank.Channels, (await bank.PollAsync([], CancellationToken.None)).States.Select(s => s.Channel));
        Assert.Equal(ChannelState.Idle, (await bank.InspectAsync(LandBench.Channel, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Without_a_connection_reading_is_unreachable()
    {
        await using LandBench bench = await LandBench.StartAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => ((IChannelBank)bench.Bench.CreateDevice()).PollAsync([], CancellationToken.None));

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(20)]
    public async Task A_test_is_followed_to_its_end_without_gap_or_repeat_also_by_a_second_driver(int recordBytes)
    {
        await using LandBench bench = await LandBench.StartAsync(recordBytes);
        IChannelBank bank = await bench.ConnectAsync();
        string test = await bench.BeginAsync(bank);
        Following first = LandBench.Follow(bank, test);
        await first.UntilAsync(_ => first.Records.Count >= 20, "records");
        Following second = first.On(await bench.ConnectAsync());
        await first.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");
        await second.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end by the second driver");

        first.AssertNoGapNoRepeat();
        second.AssertNoGapNoRepeat();
        Assert.Equal(first.Records.Select(r => (r.VoltageVolts, r.CurrentAmperes, r.SegmentTimeSeconds)), second.Records.Select(r => (r.VoltageVolts, r.CurrentAmperes, r.SegmentTimeSeconds)));
        Assert.Equal([1, 2, 3], first.StepTimes.Select(s => s.StepId));
        Assert.Equal(
            [StepKind.ConstantCurrentCharge, StepKind.Rest, StepKind.ConstantCurrentDischarge], first.Records.GroupBy(r => r.StepCount).Select(g => g.First().Kind));
        Assert.Equal(1020, first.Records[^1].SegmentTimeSeconds, 0.01);
        Assert.Equal(0.5e-3 * 300 / 3600, first.Records[^1].StepCapacityAmpereHours!.Value, 1e-6);
    }

    [Theory]
    [InlineData("partial-block")]
    [InlineData("file-locked")]
    [InlineData("rotate-file")]
    public async Task Nothing_is_lost_or_doubled_over_what_can_happen_to_a_file(string fault)
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        Following following = LandBench.Follow(bank, await bench.BeginAsync(bank));
        await following.UntilAsync(_ => following.Records.Count >= 7, "records");
        await bench.Bench.SetFaultAsync(fault, LandBench.Channel.Channel);
        await following.UntilAsync(r => fault != "file-locked" || r.Outcome == FollowOutcome.Away, "the fault to be noticed");
        await following.TurnAsync();
        await bench.Bench.ClearFaultAsync(fault);
        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");

        following.AssertNoGapNoRepeat();
        Assert.Equal(3, following.Records[^1].StepCount);
        Assert.Equal(1020, following.Records[^1].SegmentTimeSeconds, 0.01);
    }

    [Fact]
    public async Task A_folder_that_is_away_is_unreachable_and_what_happened_meanwhile_is_fetched_afterwards()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        Following following = LandBench.Follow(bank, await bench.BeginAsync(bank));
        await following.UntilAsync(_ => following.Records.Count >= 7, "records");
        await bench.Bench.SetFaultAsync("folder-away");
        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => following.UntilAsync(_ => false, "the folder to be missed"));
        var again = await Assert.ThrowsAsync<DeviceFaultException>(() => ((IDevice)bank).ConnectAsync(CancellationToken.None));
        await bench.Bench.ClearFaultAsync("folder-away");
        await ((IDevice)bank).ConnectAsync(CancellationToken.None);
        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");

        Assert.Equal((FaultKind.Unreachable, FaultKind.Unreachable), (fault.Kind, again.Kind));
        following.AssertNoGapNoRepeat();
        Assert.Equal(1020, following.Records[^1].SegmentTimeSeconds, 0.01);
    }

    [Fact]
    public async Task A_test_that_a_person_stops_has_ended_early_and_one_that_ended_while_nobody_looked_is_fetched_whole()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        string test = await bench.BeginAsync(bank);
        Following following = LandBench.Follow(bank, test);
        await following.UntilAsync(_ => following.Records.Count >= 7, "records");
        await bench.Bench.SetFaultAsync("operator-stop", LandBench.Channel.Channel);
        await following.UntilAsync(r => r.Outcome == FollowOutcome.EndedEarly, "the end");
        string next = await bench.BeginAsync(bank, "lmno-1_zz3d5f7h");
        Following late = LandBench.Follow(await bench.ConnectAsync(), test);
        await late.UntilAsync(r => r.Outcome == FollowOutcome.Overrun, "the old test as overrun");

        Assert.NotEqual(test, next);
        Assert.Equal(following.Records.Select(r => r.VoltageVolts), late.Records.Select(r => r.VoltageVolts));
    }

    [Fact]
    public async Task A_cancelled_look_ends_as_cancelled_and_the_next_one_works()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bank.InspectAsync(LandBench.Channel, cancelled.Token));
        await Eventually.TrueAsync(
            async () => (await bank.InspectAsync(LandBench.Channel, CancellationToken.None)).State == ChannelState.Idle, "a free channel");
    }
}
