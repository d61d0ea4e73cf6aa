using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.MethodScript;

/// <summary>What these instruments were seen to do, and what goes wrong with them, over real sockets.</summary>
public sealed class PotentiostatFaultTests : IAsyncLifetime
{
    private PotentiostatBench _bench = null!;
    private IDevice _device = null!;
    private IChannelBank _bank = null!;
    private IProgramRunner _runner = null!;

    public async Task InitializeAsync()
    {
        _bench = await PotentiostatBench.StartAsync(speed: 3000);
        await ConnectAsync();
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("byte-split", "bytes", "1")]
    [InlineData("byte-split", "bytes", "7")]
    [InlineData("joined-acknowledgement", null, null)]
    [InlineData("flow-sign-at-start", null, null)]
    [InlineData("delay", "ms", "1")]
    public async Task A_quirk_does_not_change_the_run(string quirk, string? key, string? value)
    {
        await SetAsync(quirk, key, value);
        await _device.ConnectAsync(CancellationToken.None);

        Following following = await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram);

        Assert.Equal(FollowOutcome.Complete, following.Outcome);
        Assert.Equal(20 + 60 + 40, following.Records.Count);
        Assert.Empty(following.Notes);
    }

    [Theory]
    [InlineData("0032", ChannelState.Protected, true)]
    [InlineData("0032", ChannelState.Protected, false)]
    [InlineData("0009", ChannelState.Stopped, true)]
    public async Task After_a_run_time_error_the_cell_is_switched_off_and_the_test_ends_early(string code, ChannelState state, bool emptyLineFollows)
    {
        await SetAsync("script-error", "code", code);
        await _bench.Simulator.SetFaultAsync("script-error", null, ("code", code), ("packages", "4"), ("times", "1"));
        if (!emptyLineFollows)
        {
            await SetAsync("no-end-after-error", null, null);
        }

        Following following = await FollowAsync(await StartAsync(_bench.LongProgram), _bench.LongProgram);
        ChannelStatus after = await _bank.InspectAsync(_bench.Channel, CancellationToken.None);

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        Assert.Contains(following.Notes, n => n.Contains(code, StringComparison.Ordinal));
        Assert.Contains(following.Notes, n => n.Contains("switched off, confirmed", StringComparison.Ordinal));
        Assert.Equal((state, 0.0), (after.State, after.CurrentAmperes));
        Assert.Equal(FollowOutcome.Complete, (await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram)).Outcome);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("corrupt-character")]
    public async Task Damaged_output_ends_the_test_with_the_cell_off(string fault)
    {
        ChannelStatus started = await StartAsync(_bench.LongProgram);
        await _bench.Simulator.SetFaultAsync(fault, null, ("times", "1"));

        Following following = await FollowAsync(started, _bench.LongProgram);

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        following.AssertNoGapNoRepeat();
        Assert.Contains(following.Notes, n => n.Contains("switched off, confirmed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silence_ends_the_test_instead_of_an_endless_wait()
    {
        await ReconfigureAsync(("settings:silence_margin_s", "1"), ("settings:reply_timeout_s", "2"));
        ChannelStatus started = await StartAsync(_bench.LongProgram);
        await SetAsync("never-answer", null, null);

        Following following = Follow(started, _bench.LongProgram);
        await following.UntilAsync(_ => true, "a turn");
        await TestKit.Waiting.Eventually.TrueAsync(async () => await StateAsync() == ChannelState.Unknown, "the silence to be noticed", 60);
        await _bench.Simulator.ClearFaultAsync("never-answer");
        await TestKit.Waiting.Eventually.TrueAsync(async () => await StateAsync() == ChannelState.Stopped, "the cell off", 90);

        await following.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end");
        Assert.Contains(following.Notes, n => n.Contains("nothing was heard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cell_that_cannot_be_confirmed_as_off_is_said_to_be_unknown()
    {
        await ReconfigureAsync(("settings:confirm_timeout_s", "1"), ("settings:reply_timeout_s", "0.5"));
        await StartAsync(_bench.LongProgram);
        await SetAsync("never-answer", null, null);

        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _runner.StopAsync(_bench.Channel, CancellationToken.None));

        Assert.Contains("cell state unknown", fault.Message, StringComparison.Ordinal);
        await _bench.Simulator.ClearFaultAsync("never-answer");
        Assert.Equal(ChannelState.Stopped, (await _runner.StopAsync(_bench.Channel, CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_late_abort_is_waited_for()
    {
        await StartAsync(_bench.LongProgram);
        await _bench.Simulator.SetFaultAsync("slow-abort", null, ("ms", "1500"), ("times", "1"));
        Assert.Equal(ChannelState.Stopped, (await _runner.StopAsync(_bench.Channel, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Overload_marks_are_kept_with_their_points_and_told()
    {
        await SetAsync("overload", null, null);
        Following following = await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram);
        Assert.Equal(120, following.Records.Count);
        Assert.Contains(following.Notes, n => n.Contains("overloaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_probe_tells_who_it_is_and_leaves_everything_as_it_is()
    {
        Assert.True(_device.TryGet(out IProbe? probe));
        ProbeReport report = await probe!.ProbeAsync(CancellationToken.None);
        Assert.Equal(new DeviceIdentity("EmStat4-HR (es4_hr)", "SIM0001", "1.1.00"), report.Identity);
        Assert.Equal(ChannelState.Idle, report.Channels.Single().State);
        Assert.Contains(report.Findings, f => f.Contains("01.08.00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_model_than_configured_is_refused_at_connect()
    {
        await _device.DisposeAsync();
        _bench.Simulator.Changes["settings:model"] = "EmStat4-LR";
        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.Create().ConnectAsync(CancellationToken.None));
        Assert.Equal(FaultKind.Configuration, fault.Kind);
        Assert.Contains("es4_hr", fault.Message, StringComparison.Ordinal);
    }

    private Task SetAsync(string name, string? key, string? value) =>
        key is null ? _bench.Simulator.SetFaultAsync(name) : _bench.Simulator.SetFaultAsync(name, null, (key, value!));

    private async Task ConnectAsync()
    {
        _device = await _bench.CreateConnectedAsync();
        Assert.True(_device.TryGet(out IChannelBank? bank) & _device.TryGet(out IProgramRunner? runner));
        (_bank, _runner) = (bank!, runner!);
    }

    private async Task ReconfigureAsync(params (string Key, string Value)[] changes)
    {
        await _device.DisposeAsync();
        foreach ((string key, string value) in changes)
        {
            _bench.Simulator.Changes[key] = value;
        }

        await ConnectAsync();
    }

    private Task<ChannelStatus> StartAsync(Core.Programs.CellProgram program) =>
        _runner.StartAsync(_bench.Channel, program, "S1_00000001", CancellationToken.None);

    private Following Follow(ChannelStatus started, Core.Programs.CellProgram program) => new(_bank, _bench.Channel, started.TestId!, program);

    /// <summary>To its end, whatever the connection does meanwhile.</summary>
    private async Task<Following> FollowAsync(ChannelStatus started, Core.Programs.CellProgram program)
    {
        Following following = Follow(started, program);
        await TestKit.Waiting.Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await following.TurnAsync()).Outcome != FollowOutcome.Following;
                }
                catch (DeviceFaultException fault) when (fault.IsTransient)
                {
                    return false;
                }
            },
            "the end of the test", 60);
        return following;
    }

    private async Task<ChannelState> StateAsync()
    {
        try
        {
            return (await _bank.PollAsync([], CancellationToken.None)).States[0].State;
        }
        catch (DeviceFaultException)
        {
            return ChannelState.Unknown;
        }
    }
}
