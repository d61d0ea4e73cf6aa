using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Autolab;

/// <summary>What goes wrong with an Autolab, its bridge and the way between, over real sockets and with the bridge as a program of its own.</summary>
public sealed class AutolabFaultTests : IAsyncLifetime
{
    private AutolabBench _bench = null!;
    private IDevice _device = null!;
    private IChannelBank _bank = null!;
    private IProgramRunner _runner = null!;

    public async Task InitializeAsync()
    {
        _bench = await AutolabBench.StartAsync(speed: 2000);
        await ConnectAsync();
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("byte-split", "bytes", "1")]
    [InlineData("byte-split", "bytes", "7")]
    [InlineData("delay", "ms", "1")]
    public async Task A_slow_or_broken_up_wire_does_not_change_the_run(string quirk, string key, string value)
    {
        await _bench.Simulator.SetFaultAsync(quirk, null, (key, value));
        await _device.ConnectAsync(CancellationToken.None);

        Following following = await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram);

        Assert.Equal(FollowOutcome.Complete, following.Outcome);
        Assert.Equal([1, 2, 3], following.Records.Select(r => r.StepCount).Distinct());
        Assert.Equal(21 + 61 + 41, following.Records.Count);
        Assert.Empty(following.Notes);
    }

    [Theory]
    [InlineData("garbage", "1", "switched off, confirmed")]
    [InlineData("cut-mid-reply", "1", "switched off, confirmed")]
    [InlineData("open-lead", null, "open lead")]
    public async Task A_fault_during_a_run_ends_it_with_the_cell_off_and_the_reason(string fault, string? times, string reason)
    {
        ChannelStatus started = await StartAsync(_bench.LongProgram);
        Following following = Follow(started, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 2, "some records");
        await (times is null ? _bench.Simulator.SetFaultAsync(fault) : _bench.Simulator.SetFaultAsync(fault, null, ("times", times)));
        await EndAsync(following);
        await _bench.Simulator.ClearFaultAsync(fault);

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        following.AssertNoGapNoRepeat();
        Assert.Contains(following.Notes, n => n.Contains(reason, StringComparison.Ordinal));
        ChannelStatus after = await AgainAsync();
        Assert.Equal((ChannelState.Stopped, 0.0), (after.State, after.CurrentAmperes));
    }

    [Fact]
    public async Task A_start_whose_answer_is_lost_leaves_the_cell_off_and_the_next_one_free()
    {
        await ReconfigureAsync(("settings:reply_timeout_s", "1"));
        await _bench.Simulator.SetFaultAsync("never-answer", null, ("times", "1"));

        DeviceFaultException lost = await Assert.ThrowsAsync<DeviceFaultException>(() => StartAsync(_bench.LongProgram));
        ChannelStatus after = await AgainAsync();

        Assert.True(lost.IsTransient);
        Assert.Equal((ChannelState.Idle, 0.0), (after.State, after.CurrentAmperes));
        Assert.Equal(FollowOutcome.Complete, (await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram)).Outcome);
    }

    [Fact]
    public async Task A_call_of_the_library_that_fails_ends_the_run_with_the_cell_off()
    {
        await _bench.Simulator.SetFaultAsync("sdk-error", null, ("times", "1")); // the first command after the rest of the start is hit
        DeviceFaultException? refused = null;
        Following? following = null;
        try
        {
            following = await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram);
        }
        catch (DeviceFaultException fault)
        {
            refused = fault;
        }

        string told = refused?.Message ?? string.Join("; ", following!.Notes);
        Assert.Contains("did not accept the command", told, StringComparison.Ordinal);
        ChannelStatus after = await AgainAsync();
        Assert.Equal(0.0, after.CurrentAmperes);
        Assert.Equal(FollowOutcome.Complete, (await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram)).Outcome);
    }

    [Fact]
    public async Task A_bridge_that_is_killed_leaves_the_cell_on_until_the_next_one_switches_it_off()
    {
        ChannelStatus started = await StartAsync(_bench.LongProgram);
        await _bench.Simulator.SetFaultAsync("bridge-dies");
        await Eventually.TrueAsync(async () => await StateAsync() == ChannelState.Unknown, "the loss to be noticed", 60);

        await _bench.Simulator.ClearFaultAsync("bridge-dies");
        Following following = Follow(started, _bench.LongProgram);
        await EndAsync(following);

        Assert.Contains(following.Notes, n => n.Contains("switched off, confirmed", StringComparison.Ordinal));
        ChannelStatus after = await AgainAsync();
        Assert.Equal((ChannelState.Stopped, 0.0), (after.State, after.CurrentAmperes));
    }

    [Fact]
    public async Task A_pulled_plug_ends_the_bridge_with_an_alarm_and_the_cell_is_said_to_be_unknown_until_it_is_back()
    {
        await ReconfigureAsync(("settings:confirm_timeout_s", "1"), ("settings:reply_timeout_s", "1"), ("settings:connect_timeout_s", "10"));
        ChannelStatus started = await StartAsync(_bench.LongProgram);
        await _bench.Simulator.SetFaultAsync("usb-pulled");

        Following following = Follow(started, _bench.LongProgram);
        await Eventually.TrueAsync(async () => await StateAsync() == ChannelState.Unknown, "the cell to be said to be unknown", 120);
        await _bench.Simulator.ClearFaultAsync("usb-pulled");
        await EndAsync(following);

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        Assert.Contains(following.Notes, n => n.Contains("look at the instrument now", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => (await AgainAsync()).State == ChannelState.Stopped, "the cell to be off, confirmed", 120);
    }

    [Fact]
    public async Task Overload_marks_are_kept_with_their_points_and_told()
    {
        await _bench.Simulator.SetFaultAsync("overload");
        Following following = await FollowAsync(await StartAsync(_bench.ShortProgram), _bench.ShortProgram);
        Assert.Equal(123, following.Records.Count);
        Assert.Contains(following.Notes, n => n.Contains("overloaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_driver_is_turned_away_while_the_first_one_listens()
    {
        await StartAsync(_bench.LongProgram);
        await using IDevice second = _bench.Create();
        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => second.ConnectAsync(CancellationToken.None));
        Assert.Contains("another client", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Running, await StateAsync());
    }

    [Fact]
    public async Task A_probe_tells_who_it_is_and_leaves_everything_as_it_is()
    {
        Assert.True(_device.TryGet(out IProbe? probe));
        ProbeReport report = await probe!.ProbeAsync(CancellationToken.None);
        Assert.Equal(("PGSTAT302N with FRA32M", "AUT50001"), (report.Identity.Model, report.Identity.Serial));
        Assert.Equal(ChannelState.Idle, report.Channels.Single().State);
        Assert.Equal(3.1, report.Channels.Single().VoltageVolts!.Value, 1e-3);
        Assert.Contains(report.Findings, f => f.Contains("stand-in", StringComparison.Ordinal));
    }

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

    private Task<ChannelStatus> StartAsync(CellProgram program) => _runner.StartAsync(_bench.Channel, program, "S1_00000001", CancellationToken.None);

    private Following Follow(ChannelStatus started, CellProgram program) => new(_bank, _bench.Channel, started.TestId!, program);

    private async Task<Following> FollowAsync(ChannelStatus started, CellProgram program)
    {
        Following following = Follow(started, program);
        await EndAsync(following);
        return following;
    }

    /// <summary>To its end, whatever the connection does meanwhile.</summary>
    private static Task EndAsync(Following following) => Eventually.TrueAsync(
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
        "the end of the test", 120);

    /// <summary>The state after connecting again, as the Engine does.</summary>
    private async Task<ChannelStatus> AgainAsync()
    {
        ChannelStatus? status = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await _device.ConnectAsync(CancellationToken.None);
                    status = await _bank.InspectAsync(_bench.Channel, CancellationToken.None);
                    return true;
                }
                catch (DeviceFaultException fault) when (fault.IsTransient)
                {
                    return false;
                }
            },
            "a new connection", 120);
        return status!;
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
