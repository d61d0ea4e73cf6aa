using CellLab.Core.Devices;

namespace CellLab.Tests.Drivers.XrdTrigger;

/// <summary>What goes over the wire to each shipped module, byte for byte, and what never does.</summary>
public sealed class ContactFrameTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly (string, string) s_busy = ("settings:busy_input", "1");
    private static readonly (string, string) s_ready = ("settings:ready_input", "0");

    [Fact]
    public async Task A_waveshare_relay_gets_the_makers_own_frames_and_ends_its_pulse_itself()
    {
        await using var bench = new ContactBench("waveshare-relay", ("settings:pulse_s", "0.7"), ("settings:ready_input", "0"), ("settings:busy_input", "7"));
        bench.Inputs[0] = true;
        await bench.Device.ConnectAsync(s_none);
        string[] connecting = [.. bench.Frames];
        bench.Frames.Clear();

        TriggerReceipt receipt = await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.Equal(["01 05 00 00 00 00 CD CA", "01 01 00 00 00 01 FD CA", "01 03 10 00 00 01 80 CA"], connecting);
        Assert.Equal(["01 02 00 00 00 08 79 CC", "01 01 00 00 00 01 FD CA", "01 05 02 00 00 07 8D B0"], bench.Frames);
        Assert.Equal((PulseOutcome.Answered, null), (receipt.Outcome, receipt.Note));
        Assert.NotNull(receipt.AnsweredAtUtc);
    }

    [Fact]
    public async Task The_second_waveshare_relay_closes_for_0_8_s()
    {
        await using var bench = new ContactBench("waveshare-relay", ("settings:pulse_s", "0.8"), ("settings:output", "1"));
        await bench.Device.ConnectAsync(s_none);

        await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.Equal("01 05 02 01 00 08 9C 74", bench.Frames[^1]);
    }

    [Fact]
    public async Task An_adam_output_is_closed_and_opened_by_us_from_address_16()
    {
        await using var bench = new ContactBench("adam-6050");
        await bench.Device.ConnectAsync(s_none);
        bench.Frames.Clear();

        await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.Equal(["01 05 00 10 FF 00 8D FF", "01 05 00 10 00 00 CC 0F"], bench.Writes);
    }

    [Fact]
    public async Task A_label_offset_moves_every_address()
    {
        await using var bench = new ContactBench("adam-6050", ("settings:address_offset", "1"), ("settings:output", "1"));
        await bench.Device.ConnectAsync(s_none);

        Assert.All(bench.Frames, f => Assert.StartsWith("00 12", f[6..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wago_coupler_watches_us_during_the_pulse_and_is_read_back_at_0x200()
    {
        await using var bench = new ContactBench("wago-750");
        await bench.Device.ConnectAsync(s_none);
        Assert.Equal((30, 0, 0), (bench.Registers[0x1000], bench.Registers[0x1001], bench.Registers[0x1002]));
        bench.Frames.Clear();

        await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.Contains("01 01 02 00 00 01 FC 72", bench.Frames);
        Assert.Equal(["01 06 10 03", "01 05 00 00 FF", "01 05 00 00 00", "01 06 10 08 55 AA"], bench.Writes.Select((w, i) => i switch { 0 => w[..11], 3 => w[..17], _ => w[..14] }));
    }

    [Theory]
    [InlineData("adam-6050", "01 05 00 10 FF 00")]
    [InlineData("waveshare-relay", "01 05 02 00")]
    public async Task A_pulse_whose_answer_is_lost_is_not_sent_again_and_counts_when_busy_rises(string profile, string pulse)
    {
        await using var bench = new ContactBench(profile, s_busy);
        await bench.Device.ConnectAsync(s_none);
        bench.Swallow = frame => frame.StartsWith(pulse, StringComparison.Ordinal) && (bench.Inputs[1] = true);

        TriggerReceipt receipt = await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        TriggerReceipt again = await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.Equal(PulseOutcome.Seen, receipt.Outcome);
        Assert.Equal(receipt with { Repeated = true }, again);
        Assert.Single(ContactBench.Pulses(bench, pulse));
        Assert.False(bench.Coils.GetValueOrDefault((ushort)16));
    }

    [Fact]
    public async Task A_lost_answer_without_any_effect_is_unconfirmed_and_the_same_id_still_makes_no_second_pulse()
    {
        await using var bench = new ContactBench("waveshare-relay", s_busy);
        await bench.Device.ConnectAsync(s_none);
        bench.Swallow = frame => frame.StartsWith("01 05 02", StringComparison.Ordinal);

        TriggerReceipt receipt = await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.Equal(PulseOutcome.Unconfirmed, receipt.Outcome);
        Assert.Contains("not repeated", receipt.Note, StringComparison.Ordinal);
        Assert.Single(ContactBench.Pulses(bench, "01 05 02"));
    }

    [Fact]
    public async Task Busy_or_not_ready_makes_no_pulse()
    {
        await using var bench = new ContactBench("adam-6050", s_busy, s_ready);
        await bench.Device.ConnectAsync(s_none);
        bench.Frames.Clear();

        var notReady = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none));
        (bench.Inputs[0], bench.Inputs[1]) = (true, true);
        var busy = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none));

        Assert.Contains("is not ready", notReady.Message, StringComparison.Ordinal);
        Assert.Contains("is busy", busy.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Writes);
    }

    [Fact]
    public async Task An_output_that_does_not_open_is_refused_at_connecting()
    {
        await using var bench = new ContactBench("adam-6050");
        (bench.Coils[16], bench.Stuck) = (true, true);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Device.ConnectAsync(s_none));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("reads back as closed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_is_linked_to_an_input_is_refused()
    {
        await using var bench = new ContactBench("waveshare-relay");
        bench.Registers[0x1000] = 1;

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Device.ConnectAsync(s_none));

        Assert.Contains("register 0x1000 is 1, expected 0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_triggers_within_the_gap_are_one()
    {
        await using var bench = new ContactBench("waveshare-relay", ("settings:minimum_gap_s", "60"));
        await bench.Device.ConnectAsync(s_none);
        await bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Trigger.FireAsync(new TriggerRequest("R1-0002"), s_none));

        Assert.Contains("the gap is at least 60 s", fault.Message, StringComparison.Ordinal);
        Assert.Single(ContactBench.Pulses(bench, "01 05 02"));
    }
}
