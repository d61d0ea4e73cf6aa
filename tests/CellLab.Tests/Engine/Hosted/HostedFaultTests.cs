using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Tests.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>Whatever goes wrong with an output ends with its circuit open, and what is not known is said.</summary>
public sealed class HostedFaultTests
{
    private static readonly CellProgram Charge = TestPrograms.Of(TestPrograms.Current(1, 1, 4.8), new RestStep(2, "b", 60), TestPrograms.Current(3, -1, 2.0));

    public static TheoryData<string, string> Faults => new()
    {
        { "measure", "no answer" }, { "measure", "rejected" }, { "measure", "defect" }, { "measure", "late" },
        { "apply", "no answer" }, { "apply", "rejected" }, { "apply", "defect" }, { "apply", "late" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_call_that_fails_in_mid_test_ends_with_the_circuit_open(string call, string how)
    {
        HostedBench bench = await RunningAsync();
        int opened = 0;
        bench.Meter.Before = (made, token) =>
        {
            opened += made == "open" ? 1 : 0;
            return made == call && opened == 0 ? FailAsync(bench, how, token) : Task.CompletedTask;
        };
        if (call == "apply")
        {
            bench.Meter.Told = truth => truth with { VoltageVolts = 4.81 }; // the step ends: a set-point has to follow
        }

        await TurnsAsync(bench, 4);

        Assert.False(bench.Meter.IsOn);
        Assert.True(opened > 0);
        Assert.Contains(bench.Status.State, new[] { ChannelState.Paused, ChannelState.Running });
        await ReconnectedAndHeldAsync(bench);
    }

    [Theory]
    [InlineData("current")]
    [InlineData("sign")]
    [InlineData("off by itself")]
    [InlineData("complains")]
    [InlineData("not a number")]
    public async Task A_reading_that_does_not_fit_the_order_opens_the_circuit(string what)
    {
        HostedBench bench = await RunningAsync();
        bench.Meter.Told = truth => !bench.Meter.IsOn ? truth : what switch
        {
            "current" => truth with { CurrentAmperes = truth.CurrentAmperes * 1.3 },
            "sign" => truth with { CurrentAmperes = -truth.CurrentAmperes },
            "off by itself" => truth with { OutputOn = false, CurrentAmperes = 0 },
            "complains" => truth with { Fault = "over temperature" },
            _ => truth with { VoltageVolts = double.NaN },
        };

        await TurnsAsync(bench, 6);

        Assert.False(bench.Meter.IsOn);
        await ReconnectedAndHeldAsync(bench);
        Assert.Contains(bench.Notes, note => note.Contains("held at open circuit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_does_something_else_than_ordered_is_opened()
    {
        HostedBench bench = new(Cell());
        bench.Meter.Done = order => order is CurrentSetPoint set ? set with { Amperes = 2 * set.Amperes } : order;
        await bench.Runner.ConnectAsync(default);
        await bench.BeginAsync(Charge);

        await TurnsAsync(bench, 6);

        Assert.False(bench.Meter.IsOn);
        Assert.Equal(ChannelState.Paused, bench.Status.State);
        Assert.Contains("mA flow where", bench.Status.StateText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.95)]
    [InlineData(1.0)]
    public async Task A_limit_is_watched_by_the_service_too_and_both_rows_outside_are_kept(double volts)
    {
        HostedBench bench = await RunningAsync(TestPrograms.Of(new CurrentStep(1, "b", TestPrograms.OneC, 1, 3600, null)));
        bench.Meter.Told = truth => truth with { VoltageVolts = volts };

        await bench.RunAsync();

        Assert.Equal((FollowOutcome.EndedEarly, ChannelState.Protected), (bench.Outcome, bench.Status.State));
        Assert.False(bench.Meter.IsOn);
        Assert.Equal([volts, volts], bench.Rows.TakeLast(2).Select(row => row.VoltageVolts));
    }

    [Fact]
    public async Task An_opening_that_is_not_confirmed_says_so_and_is_owed_until_it_is()
    {
        HostedBench bench = await RunningAsync();
        bench.Meter.Sticks = true;

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Runner.StopAsync(bench.Meter.Channel, default));

        Assert.Contains("NOT confirmed off", fault.Message, StringComparison.Ordinal);
        await bench.TurnAsync();
        Assert.Equal((FollowOutcome.Following, ChannelState.Running), (bench.Outcome, bench.Status.State));
        Assert.Empty(bench.Runner.NeedOpening);
        bench.Wall.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([bench.Meter.Channel], bench.Runner.NeedOpening);
        await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Runner.ConnectAsync(default));

        bench.Meter.Sticks = false;
        await bench.Runner.ConnectAsync(default);
        await bench.TurnAsync();
        Assert.False(bench.Meter.IsOn);
        Assert.Equal((FollowOutcome.EndedEarly, ChannelState.Stopped), (bench.Outcome, bench.Status.State));
    }

    [Fact]
    public async Task A_stop_is_the_last_word_also_over_an_order_that_is_on_its_way()
    {
        HostedBench bench = await RunningAsync();
        var onItsWay = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        bench.Meter.Before = async (call, _) =>
        {
            if (call == "apply")
            {
                onItsWay.TrySetResult();
                await goesOn.Task;
            }
        };
        bench.Meter.Told = truth => bench.Meter.IsOn ? truth with { VoltageVolts = 4.81 } : truth;
        bench.Wall.Advance(TimeSpan.FromSeconds(1));
        Task<FollowedReading> turn = bench.TurnAsync();
        await onItsWay.Task;

        Task<ChannelStatus> stop = bench.Runner.StopAsync(bench.Meter.Channel, default);
        Assert.False(bench.Meter.IsOn); // sent before the order has ended
        goesOn.SetResult();
        await turn;

        Assert.Equal(ChannelState.Stopped, (await stop).State);
        Assert.False(bench.Meter.IsOn); // and again after it
    }

    [Fact]
    public async Task Silence_is_noticed_after_five_seconds()
    {
        HostedBench bench = await RunningAsync();
        await bench.TurnAsync();
        bench.Wall.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(bench.Runner.NeedOpening);
        bench.Wall.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal([bench.Meter.Channel], bench.Runner.NeedOpening);

        await bench.Runner.SecureAsync(bench.Meter.Channel, "no data", default);

        Assert.False(bench.Meter.IsOn);
        await bench.TurnAsync();
        Assert.Equal(ChannelState.Paused, bench.Status.State);
        Assert.Empty(bench.Runner.NeedOpening);
    }

    [Fact]
    public async Task Reconnects_that_come_quicker_than_the_repeat_do_not_put_off_the_watch()
    {
        HostedBench bench = await RunningAsync();
        bench.Meter.Sticks = true;
        await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Runner.StopAsync(bench.Meter.Channel, default));

        for (int reconnect = 0; reconnect < 11; reconnect++)
        {
            Assert.Empty(bench.Runner.NeedOpening);
            bench.Wall.Advance(TimeSpan.FromSeconds(0.19));
            await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Runner.ConnectAsync(default));
        }

        Assert.Equal([bench.Meter.Channel], bench.Runner.NeedOpening);
        await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Runner.SecureAsync(bench.Meter.Channel, "no data", default));
        Assert.Empty(bench.Runner.NeedOpening); // its own attempt: the next one after the repeat
        bench.Wall.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal([bench.Meter.Channel], bench.Runner.NeedOpening);

        bench.Meter.Sticks = false;
        await bench.Runner.ConnectAsync(default);
        Assert.Empty(bench.Runner.NeedOpening);
    }

    [Fact]
    public async Task A_link_that_was_away_for_less_changes_nothing_and_for_longer_opens_the_circuit_first()
    {
        HostedBench bench = await RunningAsync();
        bench.Wall.Advance(TimeSpan.FromSeconds(3));
        await bench.Runner.ConnectAsync(default);
        Assert.True(bench.Meter.IsOn);

        bench.Wall.Advance(TimeSpan.FromSeconds(8));
        await bench.Runner.ConnectAsync(default);
        Assert.False(bench.Meter.IsOn);
        await bench.TurnAsync();
        Assert.Equal(ChannelState.Paused, bench.Status.State);
    }

    private static LinearCell Cell() => new(3.0, 2.8 / (TestPrograms.OneC * 3600), 100);

    private static async Task<HostedBench> RunningAsync(CellProgram? program = null)
    {
        HostedBench bench = await HostedBench.StartAsync(Cell(), program ?? Charge);
        await bench.RunAsync(() => bench.Rows.Count > 1);
        Assert.True(bench.Meter.IsOn);
        return bench;
    }

    /// <summary>As the Engine does: a turn that fails is followed by a new connection.</summary>
    private static async Task TurnsAsync(HostedBench bench, int turns)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            bench.Wall.Advance(TimeSpan.FromSeconds(1));
            try
            {
                await bench.TurnAsync();
            }
            catch (DeviceFaultException)
            {
                await bench.Runner.ConnectAsync(default);
            }
        }
    }

    private static async Task ReconnectedAndHeldAsync(HostedBench bench)
    {
        (bench.Meter.Told, bench.Meter.Before) = (null, null);
        await bench.Runner.ConnectAsync(default);
        await bench.TurnAsync();
        Assert.Equal((FollowOutcome.Following, ChannelState.Paused), (bench.Outcome, bench.Status.State));
        Assert.False(bench.Meter.IsOn);
    }

    private static async Task FailAsync(HostedBench bench, string how, CancellationToken token)
    {
        switch (how)
        {
            case "no answer":
                throw new DeviceFaultException(FaultKind.Unreachable, bench.Meter.Id, "no answer");
            case "rejected":
                throw new DeviceFaultException(FaultKind.Rejected, bench.Meter.Id, "refused");
            case "defect":
                throw new InvalidOperationException("a defect in the driver");
            default:
                Task wait = Task.Delay(Timeout.InfiniteTimeSpan, bench.Wall, token);
                bench.Wall.Advance(TimeSpan.FromSeconds(4));
                await wait;
                break;
        }
    }
}
