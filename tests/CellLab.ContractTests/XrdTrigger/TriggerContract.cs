using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>What every trigger output keeps, over its real wire.</summary>
public sealed class TriggerContract
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    public static TheoryData<string, bool> Wires => TriggerBench.Wires;

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task One_intent_is_one_pattern_from_ready_over_busy_to_ready(string wire, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, serial);
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();

        TriggerReceipt receipt = await trigger.FireAsync(new TriggerRequest("R1-0001", "{\"E_V\":4.1}"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");
        TriggerReceipt again = await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(trigger, TriggerBench.IsFree, "ready again");

        Assert.Equal(PulseOutcome.Answered, receipt.Outcome);
        Assert.Equal(receipt with { Repeated = true }, again);
        Assert.Single(bench.Patterns);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task No_pulse_is_made_while_it_exposes(string wire, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, serial, exposureSeconds: 100_000);
        bench.Bench.Changes["settings:minimum_gap_s"] = "0";
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => trigger.FireAsync(new TriggerRequest("R1-0002"), s_none));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_probe_during_an_exposure_starts_nothing_and_tells_the_clock_where_the_wire_does(string wire, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, serial);
        (IDevice device, ITriggerOutput trigger) = await bench.ConnectAsync();
        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");
        Assert.True(device.TryGet(out IProbe? probe));

        ClockReading clock = (await probe.ProbeAsync(s_none)).Clock;
        await TriggerBench.WaitAsync(trigger, TriggerBench.IsFree, "ready again");

        Assert.Single(bench.Patterns);
        Assert.Equal(wire == "helper", clock.Offset is not null);
        Assert.True(clock.Offset is not { } offset || offset.Offset.Duration() <= offset.Uncertainty, $"{clock}: the bench has one clock");
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Connecting_twice_and_releasing_leave_the_output_low_and_start_nothing(string wire, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, serial);
        (IDevice device, ITriggerOutput trigger) = await bench.ConnectAsync();
        await device.ConnectAsync(s_none);
        await trigger.ReleaseAsync(s_none);
        await trigger.ReleaseAsync(s_none);

        TriggerReading reading = await trigger.ReadAsync(s_none);

        Assert.NotEqual(true, reading.Output);
        Assert.False(reading.Busy);
        Assert.Empty(bench.Patterns);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_link_cut_in_mid_answer_is_a_fault_and_connecting_again_mends_it(string wire, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, serial);
        (IDevice device, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("cut-mid-reply", null, ("times", "1"));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => trigger.ReadAsync(s_none));
        await device.ConnectAgainAsync();
        await trigger.ArmAsync(new TriggerRun("R1"), s_none);

        Assert.True(fault.IsTransient);
        Assert.True(TriggerBench.IsFree(await trigger.ReadAsync(s_none)));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Garbage_is_a_fault_of_the_contract(string wire, bool serial)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire, serial);
        bench.Bench.Changes["settings:reply_timeout_s"] = "1"; // on TCP nonsense may look like the beginning of a long frame
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("garbage");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => trigger.ReadAsync(s_none));

        Assert.True(fault.IsTransient);
    }

    [Theory]
    [InlineData("waveshare-relay", "5")]
    [InlineData("adam-6050", "5")]
    [InlineData("wago-750", "5")]
    [InlineData("helper", "TRIG")]
    [InlineData("aeris", "MEASURE")]
    [InlineData(TriggerBench.SerialLine, "rts-on")]
    public async Task A_lost_answer_to_the_pulse_makes_no_second_pattern(string wire, string command)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync(wire);
        (IDevice device, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("cut-mid-reply", null, ("times", "1"), ("command", command), ("bytes", "1"));

        TriggerReceipt receipt = await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await device.ConnectAgainAsync();
        TriggerReceipt again = await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == false, "the end of the exposure");

        Assert.Equal(PulseOutcome.Seen, receipt.Outcome);
        Assert.True(again.Repeated);
        Assert.Single(bench.Patterns);
    }
}
