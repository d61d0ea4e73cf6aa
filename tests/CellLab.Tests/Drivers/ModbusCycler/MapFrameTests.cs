using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.Tests.Drivers.ModbusCycler;

/// <summary>What the driver sends by each shipped map, byte for byte, against the published frames.</summary>
public sealed class MapFrameTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly SourceLimits s_limits = new(4.8, 2, 2, 2);

    [Fact]
    public async Task A_psb_is_told_remote_then_voltage_and_current_then_on()
    {
        await using MapBench bench = await MapBench.PsbAsync();
        await bench.Device.LimitAsync(bench.Channel, s_limits, s_none);
        Assert.Equal("01 05 01 92 FF 00 2C 2B", bench.Writes.First());
        bench.Frames.Clear();

        await bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(1.5), s_none);

        string[] writes = [.. bench.Writes];
        Assert.StartsWith("01 06 01 F3 00 00", writes[0], StringComparison.Ordinal); // no sinking while it sources
        Assert.Equal(["01 06 01 F4 10 62 45 ED", "01 06 01 F5 05 1F DA 9C", "01 05 01 95 FF 00 9D EA"], writes[1..]);
    }

    [Fact]
    public async Task A_psb_discharges_by_its_sink_current_towards_the_lower_limit()
    {
        await using MapBench bench = await MapBench.PsbAsync();
        await bench.Device.LimitAsync(bench.Channel, s_limits, s_none);
        bench.Frames.Clear();

        await bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(-1.5), s_none);

        string[] writes = [.. bench.Writes];
        Assert.StartsWith("01 06 01 F5 00 00", writes[0], StringComparison.Ordinal);
        Assert.StartsWith("01 06 01 F4 06 D4", writes[1], StringComparison.Ordinal); // 2.0 V of 60 V
        Assert.Equal("01 06 01 F3 05 1F 3A 9D", writes[2]);
    }

    [Fact]
    public async Task A_psb_is_read_in_one_block_and_its_state_bits_are_understood()
    {
        await using MapBench bench = await MapBench.PsbAsync();
        (bench.Unit.Registers[505], bench.Unit.Registers[506]) = (0, 0x0C83);
        (bench.Unit.Registers[507], bench.Unit.Registers[508], bench.Unit.Registers[509]) = (0x0CA1, 0x051F, 0x00F2);
        bench.Frames.Clear();

        SourceReading charging = await bench.Device.MeasureAsync(bench.Channel, s_none);
        bench.Unit.Registers[506] |= 1 << 12;
        SourceReading discharging = await bench.Device.MeasureAsync(bench.Channel, s_none);
        bench.Unit.Registers[506] = 0x8803;
        SourceReading alarmed = await bench.Device.MeasureAsync(bench.Channel, s_none);

        Assert.All(bench.Frames, f => Assert.Equal("01 03 01 F9 00 05 54 04", f));
        Assert.True(charging.OutputOn);
        Assert.Equal(3.70, charging.VoltageVolts, 0.001);
        Assert.Equal(1.50, charging.CurrentAmperes, 0.001);
        Assert.Equal(-1.50, discharging.CurrentAmperes, 0.001);
        Assert.False(alarmed.OutputOn);
        Assert.StartsWith("the device shows an alarm", alarmed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_riden_gets_its_protections_then_voltage_current_and_on()
    {
        await using MapBench bench = await MapBench.RidenAsync();
        await bench.Device.LimitAsync(bench.Channel, s_limits, s_none);
        Assert.Equal((4800, 20000), (bench.Unit.Registers[82], bench.Unit.Registers[83]));
        bench.Frames.Clear();

        await bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(0.15), s_none);
        await bench.Device.MeasureAsync(bench.Channel, s_none);

        Assert.Equal(["01 06 00 08 12 C0 04 F8", "01 06 00 09 05 DC 5B 01", "01 06 00 12 00 01 E8 0F"], bench.Writes);
        Assert.Equal("01 03 00 08 00 0B 85 CF", bench.Frames[^1]);
    }

    [Fact]
    public async Task A_maynuo_is_controlled_from_the_pc_set_and_switched_on_with_its_mode_written_again()
    {
        await using MapBench bench = await MapBench.MaynuoAsync();
        await bench.Device.LimitAsync(bench.Channel, s_limits, s_none);
        Assert.Equal("01 05 05 00 FF 00 8C F6", bench.Writes.First());
        bench.Frames.Clear();

        await bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(-0.05), s_none);

        const string constantCurrent = "01 10 0A 00 00 01 02 00 01 CD 90";
        Assert.Equal(
            ["01 10 0A 01 00 02 04 3D 4C CC CD 14 2D", constantCurrent, "01 10 0A 00 00 01 02 00 2A 8D 8F", constantCurrent],
            bench.Writes.Skip(1));
    }

    [Fact]
    public async Task A_maynuo_reads_voltage_and_current_as_floats_and_its_current_discharges()
    {
        await using MapBench bench = await MapBench.MaynuoAsync();
        (bench.Unit.Registers[0x0B00], bench.Unit.Registers[0x0B01]) = (0x406C, 0xCCCD);
        (bench.Unit.Registers[0x0B02], bench.Unit.Registers[0x0B03]) = (0x3D4C, 0xCCCD);
        bench.Unit.Coils[0x0510] = true;
        bench.Frames.Clear();

        SourceReading reading = await bench.Device.MeasureAsync(bench.Channel, s_none);

        Assert.Equal("01 03 0B 00 00 04 46 2D", bench.Frames[0]);
        Assert.Equal(3.7, reading.VoltageVolts, 1e-6);
        Assert.Equal(-0.05, reading.CurrentAmperes, 1e-6);
    }

    [Fact]
    public async Task What_a_device_cannot_hold_itself_is_said()
    {
        await using MapBench maynuo = await MapBench.MaynuoAsync();
        await using MapBench psb = await MapBench.PsbAsync();

        string missing = Assert.Single(await maynuo.Device.LimitAsync(maynuo.Channel, s_limits, s_none));

        Assert.Contains("lower voltage limit", missing, StringComparison.Ordinal);
        Assert.Empty(await psb.Device.LimitAsync(psb.Channel, s_limits, s_none));
    }

    [Fact]
    public async Task A_value_that_does_not_read_back_is_rejected_with_both_values()
    {
        await using MapBench bench = await MapBench.RidenAsync();
        await bench.Device.LimitAsync(bench.Channel, s_limits, s_none);
        bench.Unit.Written = (address, _) => bench.Unit.Registers[address] = (ushort)(address == 9 ? 1000 : bench.Unit.Registers[address]);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Device.ApplyAsync(bench.Channel, new CurrentSetPoint(0.15), s_none));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("current_set did not take 0.15 A, it reads 0.1 A", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(18, bench.Unit.Registers.Keys.Where(k => bench.Unit.Registers[k] != 0)); // the output was never switched on
    }

    [Fact]
    public async Task Another_model_than_the_maps_is_refused_at_connect()
    {
        await using var bench = new MapBench("riden-rd6006p");
        bench.Unit.Registers[0] = 60062;

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Device.ConnectAsync(CancellationToken.None));

        Assert.Equal(FaultKind.Configuration, fault.Kind);
        Assert.Contains("60062", fault.Message, StringComparison.Ordinal);
    }
}
