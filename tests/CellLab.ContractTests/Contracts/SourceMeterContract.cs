using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.ContractTests.Contracts;

/// <summary>What every output that the service steps must do.</summary>
public abstract class SourceMeterContract
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    protected abstract Task<SourceMeterBench> CreateBenchAsync();

    [Fact]
    public async Task Connecting_only_looks_and_may_be_repeated()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();

        DeviceIdentity identity = await device.ConnectAsync(s_none);
        SourceReading reading = await Meter(device).MeasureAsync(bench.Channel, s_none);

        Assert.NotNull(identity.Model);
        Assert.Equal([bench.Channel], Meter(device).Outputs);
        Assert.False(reading.OutputOn);
        Assert.Equal(0, reading.CurrentAmperes);
        Assert.InRange(reading.VoltageVolts, 2, 4);
    }

    [Fact]
    public async Task Current_flows_as_set_in_each_direction_and_stops_at_open_circuit()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());
        await meter.LimitAsync(bench.Channel, bench.Limits, s_none);
        foreach (double amperes in (double[])[bench.ChargeAmperes, -bench.DischargeAmperes, bench.ChargeAmperes])
        {
            if (amperes == 0)
            {
                continue;
            }

            await meter.ApplyAsync(bench.Channel, new CurrentSetPoint(amperes), s_none);
            SourceReading reading = await meter.MeasureAsync(bench.Channel, s_none);

            Assert.True(reading.OutputOn);
            Assert.Null(reading.Fault);
            Assert.InRange(reading.CurrentAmperes / amperes, 0.97, 1.03);
        }

        await meter.ApplyAsync(bench.Channel, SetPoint.OpenCircuit, s_none);
        SourceReading after = await meter.MeasureAsync(bench.Channel, s_none);
        Assert.False(after.OutputOn);
        Assert.Equal(0, after.CurrentAmperes);
    }

    [Fact]
    public async Task Without_limits_no_current_flows()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());

        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => meter.ApplyAsync(bench.Channel, AnyCurrent(bench), s_none));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.False((await meter.MeasureAsync(bench.Channel, s_none)).OutputOn);
    }

    [Fact]
    public async Task More_than_the_device_or_the_limits_allow_is_rejected_and_nothing_changes()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());
        await meter.LimitAsync(bench.Channel, bench.Limits, s_none);

        foreach (double amperes in (double[])[1e4, -1e4])
        {
            DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(
                () => meter.ApplyAsync(bench.Channel, new CurrentSetPoint(amperes), s_none));
            Assert.Equal(FaultKind.Rejected, fault.Kind);
        }

        Assert.False((await meter.MeasureAsync(bench.Channel, s_none)).OutputOn);
    }

    [Fact]
    public async Task A_reply_that_ends_in_the_middle_is_a_transient_fault_and_connecting_again_mends_it()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        await bench.CutNextReplyAsync();

        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => Meter(device).MeasureAsync(bench.Channel, s_none));
        await device.ConnectAgainAsync();

        Assert.True(fault.IsTransient);
        Assert.InRange((await Meter(device).MeasureAsync(bench.Channel, s_none)).VoltageVolts, 2, 4);
    }

    [Fact]
    public async Task Silence_a_late_reply_and_nonsense_are_survived_by_asking_again()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());
        double before = (await meter.MeasureAsync(bench.Channel, s_none)).VoltageVolts;
        foreach (Func<Task> harm in (Func<Task>[])[bench.SilenceNextReplyAsync, bench.DelayNextReplyAsync, bench.SpoilNextReplyAsync])
        {
            await harm();
            SourceReading? reading = null;
            for (int tries = 0; reading is null && tries < 5; tries++)
            {
                reading = await TryMeasureAsync(meter, bench.Channel);
            }

            Assert.NotNull(reading);
            Assert.InRange(reading.Value.VoltageVolts, before - 0.05, before + 0.05);
        }
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_and_the_next_one_works()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());
        await bench.SilenceNextReplyAsync();
        using var cancel = new CancellationTokenSource();
        Task<SourceReading> hanging = meter.MeasureAsync(bench.Channel, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        SourceReading? reading = null;
        for (int tries = 0; reading is null && tries < 5; tries++)
        {
            reading = await TryMeasureAsync(meter, bench.Channel);
        }

        Assert.NotNull(reading);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("on")]
    [InlineData("silent")]
    [InlineData("cut")]
    [InlineData("another driver")]
    public async Task Open_circuit_is_reached_from_every_state(string from)
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        if (from != "idle")
        {
            await Meter(device).LimitAsync(bench.Channel, bench.Limits, s_none);
            await Meter(device).ApplyAsync(bench.Channel, AnyCurrent(bench), s_none);
        }

        switch (from)
        {
            case "silent":
                await bench.SilenceNextReplyAsync();
                break;
            case "cut":
                await bench.CutNextReplyAsync();
                break;
            case "another driver":
                await device.DisposeAsync();
                device = bench.Create();
                break;
        }

        await Meter(device).OpenCircuitAsync(bench.Channel, s_none);

        SourceReading after = await Meter(device).MeasureAsync(bench.Channel, s_none);
        Assert.False(after.OutputOn);
        Assert.Equal(0, after.CurrentAmperes);
    }

    [Fact]
    public async Task Open_circuit_overtakes_a_hanging_call_and_a_start_under_way_writes_nothing_after_it()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());
        await meter.LimitAsync(bench.Channel, bench.Limits, s_none);
        for (int i = 0; i < 5; i++)
        {
            Task starting = meter.ApplyAsync(bench.Channel, AnyCurrent(bench), s_none);
            await meter.OpenCircuitAsync(bench.Channel, s_none);
            await starting.ContinueWith(_ => { }, TaskScheduler.Default);

            Assert.False((await meter.MeasureAsync(bench.Channel, s_none)).OutputOn);
        }

        await bench.SilenceNextReplyAsync();
        Task<SourceReading> hanging = meter.MeasureAsync(bench.Channel, s_none);
        await meter.OpenCircuitAsync(bench.Channel, s_none);
        await Task.WhenAny(hanging);
        Assert.True(hanging.IsFaulted ? hanging.Exception.InnerException is DeviceFaultException : !(await hanging).OutputOn);
    }

    [Fact]
    public async Task An_output_that_its_own_protection_opened_says_so()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        ISourceMeter meter = Meter(await bench.CreateConnectedAsync());
        await meter.LimitAsync(bench.Channel, bench.Limits, s_none);
        await meter.ApplyAsync(bench.Channel, AnyCurrent(bench), s_none);

        await bench.TripAsync();

        SourceReading reading = await meter.MeasureAsync(bench.Channel, s_none);
        Assert.False(reading.OutputOn);
        Assert.NotNull(reading.Fault);
        await bench.AcknowledgeTripAsync();
        Assert.Null((await meter.MeasureAsync(bench.Channel, s_none)).Fault);
        await meter.ApplyAsync(bench.Channel, AnyCurrent(bench), s_none);
        Assert.True((await meter.MeasureAsync(bench.Channel, s_none)).OutputOn);
    }

    [Fact]
    public async Task Without_a_connection_reading_is_unreachable()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();

        DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(() => Meter(bench.Create()).MeasureAsync(bench.Channel, s_none));

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
    }

    [Fact]
    public async Task Disposing_the_driver_leaves_the_output_as_it_is()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        await Meter(device).LimitAsync(bench.Channel, bench.Limits, s_none);
        await Meter(device).ApplyAsync(bench.Channel, AnyCurrent(bench), s_none);

        await device.DisposeAsync();

        Assert.True((await Meter(await bench.CreateConnectedAsync()).MeasureAsync(bench.Channel, s_none)).OutputOn);
    }

    [Fact]
    public async Task A_probe_reads_and_changes_nothing()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        Assert.True(device.TryGet(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(s_none);

        Assert.NotNull(report.Identity.Model);
        Assert.Equal(ChannelState.Idle, Assert.Single(report.Channels).State);
    }

    [Fact]
    public async Task A_probe_while_the_output_is_on_leaves_the_current_as_it_is()
    {
        await using SourceMeterBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        await Meter(device).LimitAsync(bench.Channel, bench.Limits, s_none);
        await Meter(device).ApplyAsync(bench.Channel, AnyCurrent(bench), s_none);
        double before = (await Meter(device).MeasureAsync(bench.Channel, s_none)).CurrentAmperes;
        Assert.True(device.TryGet(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(s_none);
        SourceReading after = await Meter(device).MeasureAsync(bench.Channel, s_none);

        Assert.Equal(ChannelState.Running, Assert.Single(report.Channels).State);
        Assert.Contains(report.Findings, finding => finding.StartsWith("noise cannot be told", StringComparison.Ordinal));
        Assert.True(after.OutputOn);
        Assert.Equal(before, after.CurrentAmperes, Math.Abs(before) * 0.05);
        await Meter(device).OpenCircuitAsync(bench.Channel, s_none);
    }

    private static CurrentSetPoint AnyCurrent(SourceMeterBench bench) =>
        new(bench.ChargeAmperes > 0 ? bench.ChargeAmperes : -bench.DischargeAmperes);

    private static async Task<SourceReading?> TryMeasureAsync(ISourceMeter meter, ChannelAddress channel)
    {
        try
        {
            return await meter.MeasureAsync(channel, s_none);
        }
        catch (DeviceFaultException fault) when (fault.IsTransient)
        {
            await ((IDevice)meter).ConnectAgainAsync();
            return null;
        }
    }

    private static ISourceMeter Meter(IDevice device) =>
        device.TryGet(out ISourceMeter? meter) ? meter : throw new InvalidOperationException("not an output that the service steps");
}
