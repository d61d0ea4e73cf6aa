using CellLab.Core.Devices;
using CellLab.Core.Records;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Contracts;

/// <summary>What every instrument that runs programs by itself must do.</summary>
public abstract class ProgramRunnerContract
{
    /// <summary>False for an instrument without a memory: what it sends while nobody listens is lost, and such a test is ended.</summary>
    protected virtual bool KeepsRecordsWhileAway => true;

    /// <summary>False for an instrument that cannot pause without current.</summary>
    protected virtual bool CanPause => true;

    protected abstract Task<InstrumentBench> CreateBenchAsync();

    [Fact]
    public async Task A_program_runs_to_its_end_and_every_record_comes_once_in_order()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (IDevice device, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.ShortProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(bank, bench.Channel, started.TestId!, bench.ShortProgram);

        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");

        following.AssertNoGapNoRepeat();
        Assert.Equal(bench.ShortProgram.Steps.Count, following.StepTimes.Count);
        Assert.Equal(following.Records.Select(r => r.StepCount).Distinct(), following.StepTimes.Select(s => s.StepCount));
        Assert.All(following.StepTimes, s => AssertFinal(following.Records, s));
        await device.DisposeAsync();
    }

    [Fact]
    public async Task Records_go_on_without_gap_or_repeat_over_lost_links()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (IDevice device, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.ShortProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(bank, bench.Channel, started.TestId!, bench.ShortProgram);
        for (int i = 0; i < 10 && KeepsRecordsWhileAway; i++)
        {
            int before = following.Records.Count;
            await following.UntilAsync(r => following.Records.Count > before || r.Outcome == FollowOutcome.Complete, "new records");
            await bench.CutNextReplyAsync();
            await Assert.ThrowsAsync<DeviceFaultException>(() => following.UntilAsync(_ => false, "the cut", 60));
            await device.ConnectAgainAsync();
        }

        if (!KeepsRecordsWhileAway)
        {
            await EndsEarlyAsync(bench, device, following);
            return;
        }

        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");

        following.AssertNoGapNoRepeat();
    }

    [Fact]
    public async Task A_restart_resumes_by_the_token_with_the_same_records()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (IDevice device, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.ShortProgram, "S1_00000001", CancellationToken.None);
        var first = new Following(bank, bench.Channel, started.TestId!, bench.ShortProgram);
        await first.UntilAsync(_ => first.Records.Count > 5, "some records");
        await device.DisposeAsync();

        IDevice again = await bench.CreateConnectedAsync();
        Following second = first.On(Bank(again));
        FollowOutcome expected = KeepsRecordsWhileAway ? FollowOutcome.Complete : FollowOutcome.EndedEarly;
        await second.UntilAsync(r => r.Outcome == expected, "the end");

        second.AssertNoGapNoRepeat();
        if (!KeepsRecordsWhileAway)
        {
            Assert.NotEmpty(second.Notes);
            return;
        }

        Assert.Equal(second.Records.Max(r => r.StepCount), second.StepTimes.Count);
    }

    [Fact]
    public async Task A_second_start_on_a_running_channel_is_rejected_and_changes_nothing()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000002", CancellationToken.None));
        ChannelStatus after = await bank.InspectAsync(bench.Channel, CancellationToken.None);

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Equal(started.TestId, after.TestId);
        Assert.Equal(ChannelState.Running, after.State);
    }

    [Fact]
    public async Task A_stop_is_confirmed_within_three_seconds_while_a_reply_hangs()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);
        await bench.HangNextReplyAsync();
        Task<ChannelStatus> hanging = bank.InspectAsync(bench.Channel, CancellationToken.None);
        long begin = TimeProvider.System.GetTimestamp();

        ChannelStatus stopped = await runner.StopAsync(bench.Channel, CancellationToken.None);

        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 3);
        Assert.Equal(ChannelState.Stopped, stopped.State);
        await Assert.ThrowsAsync<DeviceFaultException>(() => hanging);
    }

    [Fact]
    public async Task A_stop_calls_off_a_hanging_turn_and_the_next_turn_works_without_connecting_again()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);
        await bench.HangNextReplyAsync();
        using var turn = new CancellationTokenSource();
        Task<ChannelStatus> hanging = bank.InspectAsync(bench.Channel, turn.Token);

        Task<ChannelStatus> stopping = runner.StopAsync(bench.Channel, CancellationToken.None);
        await turn.CancelAsync();
        await stopping;
        ChannelStatus after = await bank.InspectAsync(bench.Channel, CancellationToken.None);

        Exception? end = await Record.ExceptionAsync(() => hanging);
        Assert.True(end is OperationCanceledException or DeviceFaultException, $"called off by whichever came first, its caller or the stop; ended by: {end}");
        Assert.Equal(ChannelState.Stopped, after.State);
    }

    [Fact]
    public async Task Stopping_what_is_stopped_is_success()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, _) = await ConnectAsync(bench);
        await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);

        await runner.StopAsync(bench.Channel, CancellationToken.None);
        ChannelStatus again = await runner.StopAsync(bench.Channel, CancellationToken.None);

        Assert.Equal(ChannelState.Stopped, again.State);
    }

    [Fact]
    public async Task A_stop_during_a_start_leaves_the_channel_stopped()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        Task<ChannelStatus> starting = runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);

        await runner.StopAsync(bench.Channel, CancellationToken.None);
        await Assert.ThrowsAnyAsync<DeviceFaultException>(() => starting).ContinueWith(_ => { }, TaskScheduler.Default);
        await runner.StopAsync(bench.Channel, CancellationToken.None);

        ChannelStatus after = await bank.InspectAsync(bench.Channel, CancellationToken.None);
        Assert.NotEqual(ChannelState.Running, after.State);
    }

    [Fact]
    public async Task A_stopped_test_ends_early_with_all_its_records()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(bank, bench.Channel, started.TestId!, bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 3, "some records");

        await runner.StopAsync(bench.Channel, CancellationToken.None);
        await following.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end");

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        following.AssertNoGapNoRepeat();
    }

    [Fact]
    public async Task A_probe_while_a_program_runs_leaves_it_running_with_every_record()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (IDevice device, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(bank, bench.Channel, started.TestId!, bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 3, "some records");
        Assert.True(device.TryGet(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(CancellationToken.None);
        int before = following.Records.Count;
        await following.UntilAsync(_ => following.Records.Count > before + 3, "more records");

        Assert.Equal(ChannelState.Running, report.Channels.Single(channel => channel.Channel == bench.Channel).State);
        Assert.Contains(report.Findings, finding => finding.Contains("noise", StringComparison.Ordinal));
        Assert.Equal(FollowOutcome.Following, following.Outcome);
        following.AssertNoGapNoRepeat();
        await runner.StopAsync(bench.Channel, CancellationToken.None);
    }

    [Fact]
    public async Task Pause_and_continue_are_confirmed_and_the_test_goes_on()
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        ChannelStatus started = await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);

        bool paused = await runner.PauseAsync(bench.Channel, CancellationToken.None);
        if (!CanPause)
        {
            await AssertGoesOnAsync(bench, runner, bank, paused);
            return;
        }

        ChannelStatus during = await bank.InspectAsync(bench.Channel, CancellationToken.None);
        ChannelStatus after = await runner.ContinueAsync(bench.Channel, CancellationToken.None);

        Assert.True(paused);
        Assert.Equal(ChannelState.Paused, during.State);
        Assert.Equal((ChannelState.Running, started.TestId), (after.State, after.TestId));
    }

    [Fact]
    public async Task The_turn_after_a_pause_and_after_its_end_tells_nothing_that_was_read_before()
    {
        if (!CanPause)
        {
            return;
        }

        await using InstrumentBench bench = await CreateBenchAsync();
        (_, IProgramRunner runner, IChannelBank bank) = await ConnectAsync(bench);
        await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);

        for (int i = 0; i < 10; i++)
        {
            await bank.PollAsync([], CancellationToken.None);
            Assert.True(await runner.PauseAsync(bench.Channel, CancellationToken.None));
            Assert.Equal(ChannelState.Paused, await PolledAsync(bank, bench.Channel));
            await runner.ContinueAsync(bench.Channel, CancellationToken.None);
            Assert.Equal(ChannelState.Running, await PolledAsync(bank, bench.Channel));
        }
    }

    private static async Task<ChannelState> PolledAsync(IChannelBank bank, ChannelAddress channel) =>
        (await bank.PollAsync([], CancellationToken.None)).States.Single(status => status.Channel == channel).State;

    /// <summary>The link is lost in mid-record: the test is ended with what has come, the reason is told, and the channel is safe.</summary>
    private static async Task EndsEarlyAsync(InstrumentBench bench, IDevice device, Following following)
    {
        await following.UntilAsync(_ => following.Records.Count > 3, "some records");
        await bench.CutNextReplyAsync();
        await Eventually.TrueAsync(async () => await TryTurnAsync(device, following) == FollowOutcome.EndedEarly, "the end", 60);

        following.AssertNoGapNoRepeat();
        Assert.NotEmpty(following.Notes);
        ChannelStatus after = await Bank(device).InspectAsync(bench.Channel, CancellationToken.None);
        Assert.Equal((ChannelState.Stopped, 0.0), (after.State, after.CurrentAmperes));
    }

    private static async Task<FollowOutcome> TryTurnAsync(IDevice device, Following following)
    {
        try
        {
            return (await following.TurnAsync()).Outcome;
        }
        catch (DeviceFaultException fault) when (fault.IsTransient)
        {
            await device.ConnectAsync(CancellationToken.None).ContinueWith(_ => { }, TaskScheduler.Default);
            return FollowOutcome.Away;
        }
    }

    private static async Task AssertGoesOnAsync(InstrumentBench bench, IProgramRunner runner, IChannelBank bank, bool paused)
    {
        Assert.False(paused);
        Assert.Equal(ChannelState.Running, (await bank.InspectAsync(bench.Channel, CancellationToken.None)).State);
        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => runner.ContinueAsync(bench.Channel, CancellationToken.None));
        Assert.Equal(FaultKind.Rejected, fault.Kind);
    }

    private static void AssertFinal(List<InstrumentRecord> records, StepTime step)
    {
        InstrumentRecord last = records[(int)step.LastRecord - 1];
        Assert.Equal(step.StepCount, last.StepCount);
        Assert.Equal(step.StartSeconds + last.StepTimeSeconds, last.SegmentTimeSeconds, 2.0);
    }

    private static async Task<(IDevice Device, IProgramRunner Runner, IChannelBank Bank)> ConnectAsync(InstrumentBench bench)
    {
        IDevice device = await bench.CreateConnectedAsync();
        return (device, device.TryGet(out IProgramRunner? runner) ? runner : throw new InvalidOperationException("runs no programs"), Bank(device));
    }

    private static IChannelBank Bank(IDevice device) =>
        device.TryGet(out IChannelBank? bank) ? bank : throw new InvalidOperationException("the device has no channels");
}
