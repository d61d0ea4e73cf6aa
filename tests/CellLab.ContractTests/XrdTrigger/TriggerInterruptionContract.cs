using CellLab.ContractTests.Bench;
using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>What every trigger output keeps when it is called off, released, or not alone, over its real wire.</summary>
public sealed class TriggerInterruptionContract
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    public static TheoryData<string, bool> Wires => TriggerBench.Wires;

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_cancelled_question_does_not_give_its_answer_to_the_next_one(string name, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(name, serial);
        var wire = new OwnWire();
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync(wire: wire);
        await LateAnswers.LeaveOneAsync(bench.Bench, wire, trigger.ReadAsync);

        TriggerReading reading = await ReadAsync(trigger);

        Assert.True(TriggerBench.IsFree(reading), $"{reading}");
        Assert.NotEqual(true, reading.Output); // the late answer about the inputs would read as a closed contact
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_cancelled_pulse_has_not_begun_or_runs_to_its_end(string name, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(name, serial);
        var wire = new OwnWire();
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync(wire: wire);
        using var cancel = new CancellationTokenSource();
        Task sent = wire.NextSent();
        Task<TriggerReceipt> firing = trigger.FireAsync(new TriggerRequest("R1-0001"), cancel.Token);
        await sent;
        await cancel.CancelAsync();

        TriggerReceipt receipt = await firing;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trigger.FireAsync(new TriggerRequest("R1-0002"), cancel.Token));
        await TriggerBench.WaitAsync(trigger, r => TriggerBench.IsFree(r) && r.Output != true, "ready again, with the output low");

        Assert.Equal((PulseOutcome.Answered, null), (receipt.Outcome, receipt.Note));
        Assert.Single(bench.Patterns);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_release_while_a_pulse_begins_ends_it_or_keeps_it_back(string name, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(name, serial, exposureSeconds: 100_000);
        bench.Bench.Changes["settings:pulse_s"] = "2";
        var wire = new OwnWire();
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync(wire: wire);
        Task sent = wire.NextSent();
        Task<TriggerReceipt> firing = trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await sent; // the question whether it is free; nothing has begun yet

        await trigger.ReleaseAsync(s_none);
        var fault = await Record.ExceptionAsync(() => firing) as DeviceFaultException;
        TriggerReading reading = await trigger.ReadAsync(s_none);

        Assert.NotEqual(true, reading.Output);
        Assert.Equal(fault is null, reading.Busy); // a pulse that was out when it was released has its pattern; one that was refused has none
        Assert.True(fault is null or { Kind: FaultKind.Rejected }, fault?.Message);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Another_driver_at_the_same_time_sees_the_same_and_starts_no_second_pattern(string name, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(name, serial, exposureSeconds: 100_000);
        bench.Bench.Changes["settings:minimum_gap_s"] = "0";
        (IDevice device, ITriggerOutput trigger) = await bench.ConnectAsync(wire: new OwnWire());
        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");

        if (serial || name == TriggerBench.SerialLine)
        {
            var turnedAway = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.ConnectAsync(arm: false, new OwnWire()));
            Assert.Equal(FaultKind.Unreachable, turnedAway.Kind); // a serial port has one user, here and on a device server
        }
        else
        {
            (IDevice _, ITriggerOutput other) = await bench.ConnectAsync(arm: false, new OwnWire());
            Assert.True((await other.ReadAsync(s_none)).Busy);
            var busy = await Assert.ThrowsAsync<DeviceFaultException>(() => other.FireAsync(new TriggerRequest("R2-0001"), s_none));
            Assert.Equal(FaultKind.Rejected, busy.Kind);
        }

        TriggerReading reading = await trigger.ReadAsync(s_none);
        Assert.True(reading is { Busy: true, Ready: not true }); // still the first one's exposure
        Assert.Empty(bench.Patterns);
    }

    /// <summary>A line that was left in the middle of an answer is opened again, as the Engine does.</summary>
    private static async Task<TriggerReading> ReadAsync(ITriggerOutput trigger)
    {
        TriggerReading? reading = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    reading = await trigger.ReadAsync(s_none);
                    return true;
                }
                catch (DeviceFaultException fault) when (fault.IsTransient)
                {
                    await ((IDevice)trigger).ConnectAsync(s_none);
                    return false;
                }
            },
            "an answer");
        return reading!;
    }
}
