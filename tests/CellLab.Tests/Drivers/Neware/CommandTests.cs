using CellLab.Core.Devices;

namespace CellLab.Tests.Drivers.Neware;

public sealed class CommandTests : IAsyncDisposable
{
    private readonly NewareBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_start_writes_the_step_file_and_returns_when_the_new_test_is_seen()
    {
        await _bench.ConnectAsync();
        _bench.Channel.TestId = 6;

        ChannelStatus started = await _bench.PassTimeUntilAsync(StartAsync());

        Assert.Equal(("7", ChannelState.Running), (started.TestId, started.State));
        Assert.Equal(["21-1-1_S1_0000_01.xml"], _bench.StepFiles);
    }

    [Theory]
    [InlineData("working")]
    [InlineData("pause")]
    [InlineData("false")]
    [InlineData("waitStart")]
    public async Task Nothing_is_started_from_any_other_state_than_finish_stop_and_protect(string state)
    {
        await _bench.ConnectAsync();
        _bench.Channel.State = state;

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(StartAsync);

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains($"'{state}'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("start", _bench.Bts.Commands);
        Assert.Empty(_bench.StepFiles);
    }

    [Fact]
    public async Task A_word_of_the_configuration_counts_as_free()
    {
        await using var bench = new NewareBench(o => o with { IdleStates = ["waitStart"] });
        await bench.ConnectAsync();
        bench.Channel.State = "waitStart";

        ChannelStatus started = await bench.PassTimeUntilAsync(
            bench.Device.StartAsync(NewareBench.One, NewareBench.Program, "S1", CancellationToken.None));

        Assert.Equal(ChannelState.Running, started.State);
    }

    [Fact]
    public async Task A_channel_that_never_ran_is_idle()
    {
        await _bench.ConnectAsync();

        ChannelStatus status = await _bench.Device.InspectAsync(NewareBench.One, CancellationToken.None);

        Assert.Equal((ChannelState.Idle, null), (status.State, status.TestId));
    }

    [Fact]
    public async Task A_start_that_nothing_follows_is_rejected_after_ten_seconds()
    {
        await _bench.ConnectAsync();
        _bench.Channel.OnStart = _ => "ok";
        DateTimeOffset begin = _bench.Wall.GetUtcNow();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.PassTimeUntilAsync(StartAsync()));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.InRange((_bench.Wall.GetUtcNow() - begin).TotalSeconds, 8, 30);
        Assert.Equal(1, _bench.Bts.Commands.Count(c => c == "start"));
    }

    [Theory]
    [InlineData("waitStart")]
    [InlineData("synCtrl")]
    [InlineData("pause")]
    [InlineData("false")]
    public async Task A_start_after_which_the_channel_is_not_at_rest_is_not_called_refused(string state)
    {
        await _bench.ConnectAsync();
        _bench.Channel.OnStart = channel =>
        {
            channel.State = state;
            return "ok";
        };

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.PassTimeUntilAsync(StartAsync()));

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
        Assert.Contains($"'{state}'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Bts.Commands.Count(c => c == "start"));
    }

    [Fact]
    public async Task A_reply_that_does_not_come_within_thirty_seconds_is_unreachable_and_the_connection_is_dropped()
    {
        await _bench.ConnectAsync();
        _bench.Bts.Silent.Add("getchlstatus");
        DateTimeOffset begin = _bench.Wall.GetUtcNow();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => _bench.PassTimeUntilAsync(_bench.Device.InspectAsync(NewareBench.One, CancellationToken.None)));
        var next = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.Device.InspectAsync(NewareBench.One, CancellationToken.None));

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
        Assert.InRange((_bench.Wall.GetUtcNow() - begin).TotalSeconds, 30, 60);
        Assert.Contains("not connected", next.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_waits_one_second_for_a_hanging_reply_then_goes_first_on_a_new_connection()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Bts.Silent.Add("inquiredf");
        Task<BankReading> hanging = _bench.Device.PollAsync(
            [new ChannelCursor(NewareBench.One, "7", null, NewareBench.Program)], CancellationToken.None);
        await TestKit.Waiting.Eventually.TrueAsync(() => _bench.Bts.Commands.Contains("inquiredf"), "the hanging request");
        DateTimeOffset begin = _bench.Wall.GetUtcNow();

        ChannelStatus stopped = await _bench.PassTimeUntilAsync(_bench.Device.StopAsync(NewareBench.One, CancellationToken.None));

        Assert.Equal(ChannelState.Stopped, stopped.State);
        Assert.InRange((_bench.Wall.GetUtcNow() - begin).TotalSeconds, 1, 5);
        Assert.Equal(["connect", "stop", "getchlstatus"], _bench.Bts.Commands.SkipWhile(c => c != "inquiredf").Skip(1));
        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => hanging);
        Assert.Contains("a stop goes first", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_that_the_instrument_does_not_follow_is_reported_as_not_confirmed()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.OnStop = _ => "false";

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => _bench.PassTimeUntilAsync(_bench.Device.StopAsync(NewareBench.One, CancellationToken.None)));

        Assert.Contains("NOT confirmed", fault.Message, StringComparison.Ordinal);
        Assert.True(_bench.Bts.Commands.Count(c => c == "stop") > 2);
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_and_that_takes_effect_after_the_stop_is_stopped_again()
    {
        await _bench.ConnectAsync();
        _bench.Bts.Silent.Add("start");
        int stops = 0;
        _bench.Channel.OnStop = channel =>
        {
            channel.State = ++stops == 1 ? "finish" : "stop";
            return "ok";
        };
        _bench.Bts.Twist = (command, reply) =>
        {
            if (command == "getchlstatus" && stops == 1)
            {
                _bench.Channel.State = "working"; // from the next reading on
            }

            return reply;
        };
        Task<ChannelStatus> starting = StartAsync();
        await TestKit.Waiting.Eventually.TrueAsync(() => _bench.Bts.Commands.Contains("start"), "the start");

        ChannelStatus stopped = await _bench.PassTimeUntilAsync(_bench.Device.StopAsync(NewareBench.One, CancellationToken.None));

        Assert.Equal((2, ChannelState.Stopped), (stops, stopped.State));
        await Assert.ThrowsAsync<DeviceFaultException>(() => starting);
    }

    [Fact]
    public async Task A_barcode_that_cannot_be_written_is_rejected_before_anything_is_sent()
    {
        await _bench.ConnectAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => _bench.Device.StartAsync(NewareBench.One, NewareBench.Program, "S\u0001", CancellationToken.None));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.DoesNotContain("start", _bench.Bts.Commands);
    }

    [Fact]
    public async Task A_pause_that_does_not_show_is_not_confirmed_and_never_becomes_a_stop()
    {
        await _bench.ConnectAsync();
        _bench.Run();

        bool paused = await _bench.PassTimeUntilAsync(_bench.Device.PauseAsync(NewareBench.One, CancellationToken.None));

        Assert.False(paused);
        Assert.DoesNotContain("stop", _bench.Bts.Commands);
    }

    [Fact]
    public async Task Continue_is_sent_from_a_pause_only()
    {
        await _bench.ConnectAsync();
        _bench.Channel.State = "stop";

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.Device.ContinueAsync(NewareBench.One, CancellationToken.None));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.DoesNotContain("continue", _bench.Bts.Commands);
    }

    [Fact]
    public async Task An_empty_device_list_is_a_fault_and_no_empty_cabinet()
    {
        _bench.Bts.Channels.Clear();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(_bench.ConnectAsync);

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
    }

    [Fact]
    public async Task A_refused_log_in_is_rejected()
    {
        _bench.Bts.Twist = (command, reply) =>
            command == "connect" ? reply.Replace("<result>ok", "<result>fail", StringComparison.Ordinal) : reply;

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(_bench.ConnectAsync);

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("connection.password", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Light_and_clear_flag_are_sent_to_the_channel()
    {
        await _bench.ConnectAsync();

        await _bench.Device.LightAsync(NewareBench.One, true, CancellationToken.None);
        await _bench.Device.ClearFlagAsync(NewareBench.One, CancellationToken.None);

        Assert.Equal(["light", "clearflag"], _bench.Bts.Commands.TakeLast(2));
    }

    private Task<ChannelStatus> StartAsync() =>
        _bench.Device.StartAsync(NewareBench.One, NewareBench.Program, "S1_0000/01", CancellationToken.None);
}
