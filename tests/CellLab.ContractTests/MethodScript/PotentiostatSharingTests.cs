using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.MethodScript;

/// <summary>Two drivers and one instrument. A serial port has one user. Of a TCP adapter nothing is public; the simulator lets the newcomer in and
/// the one before out, which is the harder case.</summary>
public sealed class PotentiostatSharingTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task On_a_serial_line_the_second_is_turned_away_and_the_run_goes_on_to_its_end()
    {
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(speed: 3000, wire: "serial");
        IDevice first = await bench.CreateConnectedAsync();
        Following run = await StartAsync(first, bench);

        var turnedAway = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Create().ConnectAsync(s_none));
        await run.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end");

        Assert.Equal(FaultKind.Unreachable, turnedAway.Kind);
        Assert.Contains("in use by another program", turnedAway.Message, StringComparison.Ordinal);
        Assert.Equal((FollowOutcome.Complete, 120), (run.Outcome, run.Records.Count));
        run.AssertNoGapNoRepeat();
    }

    [Fact]
    public async Task Over_TCP_a_newcomer_ends_the_run_with_the_cell_off_and_can_work_once_it_has_connected_again()
    {
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(speed: 1000);
        IDevice first = await bench.CreateConnectedAsync();
        Following run = await StartAsync(first, bench);
        await run.UntilAsync(_ => run.Records.Count > 2, "records");
        IDevice second = bench.Create();

        await Record.ExceptionAsync(() => second.ConnectAsync(s_none)); // the first comes back once to see to its cell, and may cut this short
        await EndAsync(run);
        await Eventually.TrueAsync(() => TryConnectAsync(second), "the second driver's connection");
        ChannelStatus free = await ((IChannelBank)second).InspectAsync(bench.Channel, s_none);
        Following theirs = await StartAsync(second, bench);
        await theirs.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end of the second run");

        Assert.Equal(FollowOutcome.EndedEarly, run.Outcome);
        run.AssertNoGapNoRepeat();
        Assert.Contains(run.Notes, n => n.Contains("switched off, confirmed", StringComparison.Ordinal));
        Assert.Equal((ChannelState.Idle, 0.0), (free.State, free.CurrentAmperes));
        Assert.Equal((FollowOutcome.Complete, 120), (theirs.Outcome, theirs.Records.Count));
    }

    private static async Task<Following> StartAsync(IDevice device, PotentiostatBench bench)
    {
        Assert.True(device.TryGet(out IProgramRunner? runner) & device.TryGet(out IChannelBank? bank));
        ChannelStatus started = await runner!.StartAsync(bench.Channel, bench.ShortProgram, "S1_00000001", s_none);
        return new Following(bank!, bench.Channel, started.TestId!, bench.ShortProgram);
    }

    private static async Task<bool> TryConnectAsync(IDevice device) =>
        await Record.ExceptionAsync(() => device.ConnectAsync(s_none)) is not { } fault || (fault is DeviceFaultException { IsTransient: true } ? false : throw fault);

    /// <summary>To its end, over the moments without a connection.</summary>
    private static Task EndAsync(Following run) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                return (await run.TurnAsync()).Outcome != FollowOutcome.Following;
            }
            catch (DeviceFaultException fault) when (fault.IsTransient)
            {
                return false;
            }
        },
        "the end of the first run");
}
