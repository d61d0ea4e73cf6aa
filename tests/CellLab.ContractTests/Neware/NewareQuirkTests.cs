using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.Neware;

/// <summary>What real systems were seen to do, and what goes wrong with them, over real sockets.</summary>
public sealed class NewareQuirkTests : IAsyncLifetime
{
    private NewareInstrumentBench _bench = null!;
    private IDevice _device = null!;
    private IChannelBank _bank = null!;
    private IProgramRunner _runner = null!;

    public async Task InitializeAsync() => await StartBenchAsync(() => NewareInstrumentBench.StartAsync());

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2048)]
    public async Task Replies_in_pieces_give_the_same_run(int bytes)
    {
        await _bench.Simulator.SetFaultAsync("byte-split", null, ("bytes", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Following following = await RunShortAsync();

        AssertWholeRun(following);
    }

    [Theory]
    [InlineData(2024, "A")]
    [InlineData(2025, "A")]
    [InlineData(2024, "mA")]
    public async Task Every_client_year_and_unit_family_gives_the_same_run(int year, string units)
    {
        await _bench.DisposeAsync();
        await StartBenchAsync(() => NewareInstrumentBench.StartAsync(clientYear: year, units: units));

        Following following = await RunShortAsync();

        AssertWholeRun(following);
        Assert.Equal(2e-5, following.Records.Where(r => r.StepId == 2).Skip(2).Average(r => r.CurrentAmperes), 2e-6);
    }

    [Theory]
    [InlineData("wrong-subdevid")]
    [InlineData("cycle-offset")]
    [InlineData("short-page")]
    [InlineData("late-complete")]
    [InlineData("shared-test-id")]
    public async Task A_quirk_does_not_change_the_run(string quirk)
    {
        await _bench.Simulator.SetFaultAsync(quirk);

        Following following = await RunShortAsync();

        AssertWholeRun(following);
    }

    [Fact]
    public async Task A_barcode_with_foreign_letters_and_signs_comes_back_as_it_went()
    {
        const string Barcode = "Zelle ä&<\"'电池>";

        await _runner.StartAsync(_bench.Channel, _bench.LongProgram, Barcode, CancellationToken.None);

        Assert.Equal(Barcode, (await _bank.InspectAsync(_bench.Channel, CancellationToken.None)).Barcode);
    }

    [Fact]
    public async Task A_start_that_is_answered_ok_but_starts_nothing_is_rejected()
    {
        await _bench.DisposeAsync();
        await StartBenchAsync(() => NewareInstrumentBench.StartAsync(), ("settings:confirm_timeout_s", "1"));
        await _bench.Simulator.SetFaultAsync("start-ok-but-nothing");

        DeviceFaultException fault = await StartFaultAsync();

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("nothing started", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_start_is_rejected_with_the_known_causes()
    {
        await _bench.Simulator.SetFaultAsync("refuse");

        DeviceFaultException fault = await StartFaultAsync();

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("step file is rejected", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_whose_reply_is_lost_is_unreachable_and_the_state_tells_that_it_runs()
    {
        await _bench.Simulator.SetFaultAsync("cut-mid-reply", null, ("command", "start"), ("times", "1"));

        DeviceFaultException fault = await StartFaultAsync();
        await _device.ConnectAsync(CancellationToken.None);
        ChannelStatus found = await _bank.InspectAsync(_bench.Channel, CancellationToken.None);

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
        Assert.Equal((ChannelState.Running, "S1_00000001"), (found.State, found.Barcode));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("wrong-reply")]
    public async Task An_answer_that_does_not_fit_is_a_protocol_fault_and_connecting_again_mends_it(string fault)
    {
        await _bench.Simulator.SetFaultAsync(fault, null, ("times", "1"));

        var seen = await Assert.ThrowsAsync<DeviceFaultException>(() => _bank.InspectAsync(_bench.Channel, CancellationToken.None));
        await _device.ConnectAsync(CancellationToken.None);

        Assert.Equal(FaultKind.Protocol, seen.Kind);
        Assert.Equal(ChannelState.Idle, (await _bank.InspectAsync(_bench.Channel, CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_reply_later_than_the_time_allowed_is_never_taken_for_the_next_one()
    {
        await _bench.DisposeAsync();
        // Long enough that a busy machine still connects in time; only the delayed reply may be late.
        await StartBenchAsync(() => NewareInstrumentBench.StartAsync(), ("settings:reply_timeout_s", "5"));
        await _bench.Simulator.SetFaultAsync("delay", null, ("ms", "6000"), ("times", "1"));

        var late = await Assert.ThrowsAsync<DeviceFaultException>(() => _bank.InspectAsync(_bench.Channel, CancellationToken.None));
        await _device.ConnectAsync(CancellationToken.None);
        ChannelStatus other = await _bank.InspectAsync(_bench.Channel with { Channel = "21-1-1" }, CancellationToken.None);

        Assert.Equal(FaultKind.Unreachable, late.Kind);
        Assert.Equal("21-1-1", other.Channel.Channel);
    }

    [Fact]
    public async Task Wrong_units_are_a_configuration_fault_before_any_current_is_returned()
    {
        await _bench.Simulator.SetFaultAsync("wrong-units");
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.ShortProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.ShortProgram);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end"));

        Assert.Equal(FaultKind.Configuration, fault.Kind);
        Assert.DoesNotContain(following.Records, r => r.StepId == 2);
    }

    [Fact]
    public async Task Units_that_change_in_mid_test_stop_the_taking_and_nothing_is_lost_when_they_are_right_again()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.ShortProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.ShortProgram);
        await following.UntilAsync(_ => following.Records.Any(r => r.StepId == 2), "records of the charge");
        await _bench.Simulator.SetFaultAsync("wrong-units");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end"));
        await _bench.Simulator.ClearFaultAsync("wrong-units");
        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");

        Assert.Equal(FaultKind.Configuration, fault.Kind);
        Assert.Equal(Enumerable.Range(1, following.Records.Count).Select(number => (long)number), following.Records.Select(r => r.RecordNumber));
        Assert.All(following.Records, r => Assert.InRange(Math.Abs(r.CurrentAmperes), 0, 0.01));
    }

    [Theory]
    [InlineData("list-shrink", "2")]
    [InlineData("channel-offline", null)]
    public async Task A_channel_that_vanishes_is_away_and_its_records_follow_when_it_is_back(string fault, string? unit)
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 2, "records");
        (string, string)[] parameters = unit is null ? [] : [("unit", unit)];
        await _bench.Simulator.SetFaultAsync(fault, unit is null ? _bench.Channel.Channel : null, parameters);
        await following.UntilAsync(r => r.Outcome == FollowOutcome.Away, "away");
        int before = following.Records.Count;
        await _bench.Simulator.ClearFaultAsync(fault);

        await following.UntilAsync(_ => following.Records.Count > before, "records again");

        following.AssertNoGapNoRepeat();
    }

    [Fact]
    public async Task A_protection_ends_the_test_early_with_all_its_records()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 2, "records");
        await _bench.Simulator.SetFaultAsync("protect", _bench.Channel.Channel);

        await following.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end");

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        Assert.Equal(ChannelState.Protected, (await _bank.InspectAsync(_bench.Channel, CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_test_that_goes_on_by_itself_after_a_mains_failure_is_followed_and_its_times_are_counted_anew()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 2, "records");
        await _bench.Simulator.SetFaultAsync("mains-cut", null, ("state", "working"));
        DateTimeOffset cut = _bench.Simulator.Clocks.Lab.GetUtcNow();
        await following.UntilAsync(_ => _bench.Simulator.Clocks.Lab.GetUtcNow() - cut > TimeSpan.FromMinutes(10), "ten minutes of lab time");
        int before = following.Records.Count;
        await _bench.Simulator.ClearFaultAsync("mains-cut");
        await following.UntilAsync(_ => following.Records.Count > before + 2, "records again");

        following.AssertNoGapNoRepeat();
        Assert.Contains(following.Notes, n => n.Contains("times are counted anew", StringComparison.Ordinal));
        Assert.InRange((_bench.Simulator.Clocks.Lab.GetUtcNow() - following.Records[^1].TakenAtUtc).TotalSeconds, -5, 300);
    }

    [Fact]
    public async Task A_test_that_a_mains_failure_has_stopped_ends_early_with_all_its_records()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 2, "records");
        await _bench.Simulator.SetFaultAsync("mains-cut");

        await following.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end");

        Assert.Equal(FollowOutcome.EndedEarly, following.Outcome);
        following.AssertNoGapNoRepeat();
    }

    [Fact]
    public async Task A_test_started_by_somebody_else_overruns_ours_and_is_left_alone()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.LongProgram);
        await following.UntilAsync(_ => following.Records.Count > 2, "records");
        IDevice somebody = await _bench.CreateConnectedAsync();
        Assert.True(somebody.TryGet(out IProgramRunner? other));
        await other.StopAsync(_bench.Channel, CancellationToken.None);
        ChannelStatus theirs = await other.StartAsync(_bench.Channel, _bench.LongProgram, "foreign", CancellationToken.None);

        await following.UntilAsync(r => r.Outcome == FollowOutcome.Overrun, "overrun");

        following.AssertNoGapNoRepeat();
        ChannelStatus now = await _bank.InspectAsync(_bench.Channel, CancellationToken.None);
        Assert.Equal((ChannelState.Running, theirs.TestId), (now.State, now.TestId));
    }

    [Fact]
    public async Task Two_channels_run_side_by_side()
    {
        ChannelAddress other = _bench.Channel with { Channel = "21-1-2" };
        ChannelStatus one = await _runner.StartAsync(_bench.Channel, _bench.ShortProgram, "S1_00000001", CancellationToken.None);
        ChannelStatus two = await _runner.StartAsync(other, _bench.ShortProgram, "S2_00000001", CancellationToken.None);
        var followings = new[]
        {
            new Following(_bank, _bench.Channel, one.TestId!, _bench.ShortProgram), new Following(_bank, other, two.TestId!, _bench.ShortProgram),
        };

        foreach (Following following in followings)
        {
            await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");
            AssertWholeRun(following);
        }
    }

    private static void AssertWholeRun(Following following)
    {
        Assert.Equal(FollowOutcome.Complete, following.Outcome);
        following.AssertNoGapNoRepeat();
        Assert.Equal([600.0, 1800, 1200], following.StepTimes.Select(s => s.DurationSeconds));
        Assert.Equal([1, 2, 3], following.StepTimes.Select(s => s.StepCount));
        Assert.Equal(3600, following.Records[^1].SegmentTimeSeconds, 2.0);
        Assert.True((following.Records[^1].TakenAtUtc - following.Records[0].TakenAtUtc - TimeSpan.FromSeconds(3600)).Duration() < TimeSpan.FromSeconds(3));
    }

    private async Task<Following> RunShortAsync()
    {
        ChannelStatus started = await _runner.StartAsync(_bench.Channel, _bench.ShortProgram, "S1_00000001", CancellationToken.None);
        var following = new Following(_bank, _bench.Channel, started.TestId!, _bench.ShortProgram);
        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");
        return following;
    }

    private Task<DeviceFaultException> StartFaultAsync() => Assert.ThrowsAsync<DeviceFaultException>(
        () => _runner.StartAsync(_bench.Channel, _bench.LongProgram, "S1_00000001", CancellationToken.None));

    private async Task StartBenchAsync(Func<Task<NewareInstrumentBench>> start, params (string Key, string Value)[] changes)
    {
        _bench = await start();
        foreach ((string key, string value) in changes)
        {
            _bench.Simulator.Changes[key] = value;
        }

        _device = await _bench.CreateConnectedAsync();
        Assert.True(_device.TryGet(out IChannelBank? bank) && _device.TryGet(out _runner!));
        _bank = bank;
    }
}
