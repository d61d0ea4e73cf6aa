using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>A diffractometer that does not do as it should.</summary>
public sealed class DiffractometerFaultTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_busy_signal_that_never_comes_is_read_as_it_is_and_the_bench_goes_on_after_the_handshake()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync("waveshare-relay");
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("never-busy");

        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        bool? busy = (await trigger.ReadAsync(s_none)).Busy;
        await TriggerBench.WaitAsync(trigger, r => r.Ready == true, "ready after a handshake that nobody saw");

        Assert.False(busy);
        Assert.Single(bench.Patterns);
    }

    [Fact]
    public async Task A_busy_signal_that_stays_on_keeps_every_pulse_back()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync("adam-6050");
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("stuck-busy");

        await Assert.ThrowsAsync<DeviceFaultException>(() => trigger.FireAsync(new TriggerRequest("R1-0001"), s_none));

        Assert.Empty(bench.Patterns);
    }

    [Theory]
    [InlineData("ADD")]
    [InlineData("REMOVE")]
    public async Task An_answer_that_was_lost_on_the_way_blocks_no_later_pattern(string command)
    {
        await using TriggerBench bench = await TriggerBench.StartAsync("aeris");
        (IDevice device, ITriggerOutput trigger) = await bench.ConnectAsync();
        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");
        await TriggerBench.WaitAsync(trigger, r => r.Ready == true, "ready again");
        await bench.Bench.SetFaultAsync("cut-mid-reply", null, ("times", "1"), ("command", command), ("bytes", "1"));
        await Assert.ThrowsAsync<DeviceFaultException>(() => trigger.FireAsync(new TriggerRequest("R1-0002"), s_none));
        await device.ConnectAgainAsync();

        await trigger.FireAsync(new TriggerRequest("R1-0003"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy again");
        await TriggerBench.WaitAsync(trigger, r => r.Busy == false, "the end of the exposure");

        Assert.Equal(2, bench.Patterns.Length);
    }

    [Fact]
    public async Task A_missed_pulse_shows_no_busy_and_the_next_one_works()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync("waveshare-relay");
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("missed-pulse", null, ("times", "1"));

        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        bool? busy = (await trigger.ReadAsync(s_none)).Busy;
        await TriggerBench.WaitAsync(trigger, r => r.Output == false, "the contact to open");
        await trigger.FireAsync(new TriggerRequest("R1-0002"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "busy");

        Assert.False(busy);
    }

    [Fact]
    public async Task Lab_time_stands_still_until_a_late_busy_signal_has_been_seen()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync("waveshare-relay", speed: 2000, exposureSeconds: 100_000);
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("late-busy", null, ("ms", "300"));
        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        DateTimeOffset before = bench.Bench.Clocks.Lab.GetUtcNow();
        bool? early = (await trigger.ReadAsync(s_none)).Busy;
        DateTimeOffset held = bench.Bench.Clocks.Lab.GetUtcNow();

        await TriggerBench.WaitAsync(trigger, r => r.Busy == true, "the late busy signal");
        await TriggerBench.WaitAsync(trigger, r => r.ReadAtUtc > held, "lab time to go on");

        Assert.False(early);
        Assert.Equal(before, held);
    }

    [Fact]
    public async Task A_contact_that_does_not_move_is_told()
    {
        await using TriggerBench bench = await TriggerBench.StartAsync("adam-6050", exposureSeconds: 100_000);
        (IDevice _, ITriggerOutput trigger) = await bench.ConnectAsync();
        await bench.Bench.SetFaultAsync("stuck-contact");

        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.False((await trigger.ReadAsync(s_none)).Busy);
        Assert.Empty(bench.Patterns);
    }
}
