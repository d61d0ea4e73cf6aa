using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Drivers.SrsRga;

namespace CellLab.ContractTests.SrsRga;

/// <summary>What only this family has: words out of step, histogram, its own calibrations.</summary>
public sealed class SrsRgaQuirkTests
{
    private static readonly double[] s_masses = [28, 32, 36];

    [Theory]
    [InlineData("half-word")]
    [InlineData("surplus-bytes")]
    [InlineData("line-feed-only")]
    public async Task A_stream_out_of_step_is_brought_back_and_no_word_is_shifted(string fault)
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp");
        bench.Bench.Changes["settings:reply_margin_s"] = "1";
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Of(s_masses, TimeSpan.FromSeconds(2)), CancellationToken.None);
        IonPass before = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];
        await bench.Bench.SetFaultAsync(fault, null, ("times", "1"));

        List<IonPass> after = await GasAnalyzerBench.TakeAsync(analyzer, 3);

        Assert.All(after, p => Assert.Equal(s_masses, p.Ions.Select(i => i.MassToCharge)));
        Assert.All(after, p => Assert.All(
            p.Ions.Zip(before.Ions), pair => Assert.InRange(pair.First.IonCurrentAmperes / pair.Second.IonCurrentAmperes, 0.7, 1.4)));
    }

    [Fact]
    public async Task A_histogram_has_one_current_for_every_mass()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp", speed: 2000);
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Histogram(12, 46, TimeSpan.Zero), CancellationToken.None);
        await analyzer.StartAsync(IonPlan.Histogram(60, 70, TimeSpan.Zero), CancellationToken.None); // first above the last: order matters
        await analyzer.StartAsync(IonPlan.Histogram(12, 46, TimeSpan.Zero), CancellationToken.None);

        IonPass pass = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];

        Assert.Equal(Enumerable.Range(12, 35).Select(m => (double)m), pass.Ions.Select(i => i.MassToCharge));
        Assert.True(pass.Ions.Single(i => i.MassToCharge == 36).IonCurrentAmperes > 100 * pass.Ions.Single(i => i.MassToCharge == 34).IonCurrentAmperes);
    }

    [Fact]
    public async Task The_total_pressure_is_told_with_the_faraday_cup()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp");
        bench.Bench.Changes["settings:multiplier_v"] = "0";
        bench.Bench.Changes["settings:total_pressure"] = "true";
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Of([40], TimeSpan.Zero), CancellationToken.None);

        IonPass pass = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];

        Assert.Equal(133.322368e-5, pass.TotalPressurePascals!.Value, 1e-5); // 1e-5 Torr
        Assert.Equal("faraday", pass.Detector);
        Assert.Equal(1e-9, pass.Ions[0].IonCurrentAmperes, 0.05e-9);
    }

    [Fact]
    public async Task The_heads_own_calibrations_and_memory_are_reached()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp", speed: 2000);
        var device = (SrsRgaDevice)await bench.CreateConnectedAsync();

        await device.ZeroDetectorAsync(CancellationToken.None);
        await device.RecalibrateElectrometerAsync(CancellationToken.None);
        await device.StoreCalibrationAsync(new RgaCalibration(SensitivityMilliamperesPerTorr: 0.125, MultiplierGain: 2500), CancellationToken.None);
        await device.DegasAsync(1, GasAnalyzerBench.GoodPascals, CancellationToken.None);
        GasAnalyzerStatus status = await device.InspectAsync(CancellationToken.None);

        Assert.Equal(0.125e-3 / 133.322368, status.SensitivityAmperesPerPascal!.Value, 1e-12);
        Assert.Equal(2500, status.MultiplierGain!.Value, 1e-6);
        Assert.Equal(0, status.MultiplierVolts); // degassing switches it off, and it stays off
    }

    [Fact]
    public async Task A_second_client_of_the_adapter_is_turned_away_and_the_first_goes_on()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("adapter");
        IGasAnalyzer first = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());

        var turnedAway = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Bench.CreateDevice().ConnectAsync(CancellationToken.None));

        Assert.Equal(FaultKind.Unreachable, turnedAway.Kind);
        Assert.True((await first.InspectAsync(CancellationToken.None)).EmissionOn);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_once_and_told()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("adapter");
        bench.Bench.Changes["connection:password"] = "wrong";

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.CreateConnectedAsync());

        Assert.Equal(FaultKind.Rejected, refused.Kind);
        Assert.Contains("connection.password", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filament_that_does_not_light_is_refused_with_the_heads_own_reason()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp");
        await bench.Bench.SetFaultAsync("filament-refused");

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.CreateConnectedAsync());

        Assert.Equal(FaultKind.Rejected, refused.Kind);
        Assert.Contains("the emission current cannot be reached", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("overpressure")]
    [InlineData("filament-off")]
    public async Task A_tripped_source_is_switched_on_again_once_the_cause_is_gone(string fault)
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp");
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.SwitchOnAsync(1e-3, CancellationToken.None);
        await bench.Bench.SetFaultAsync(fault);
        GasAnalyzerStatus tripped = await analyzer.InspectAsync(CancellationToken.None);
        DeviceFaultException refused = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.SwitchOnAsync(1e-3, CancellationToken.None));
        await bench.Bench.ClearFaultAsync(fault);
        GasAnalyzerStatus remembered = await analyzer.InspectAsync(CancellationToken.None);

        await analyzer.SwitchOnAsync(1e-3, CancellationToken.None);

        Assert.All([tripped, remembered], status => Assert.True(status is { EmissionOn: false, Errors.Count: > 0 }));
        Assert.Equal(FaultKind.Rejected, refused.Kind);
        Assert.True(await analyzer.InspectAsync(CancellationToken.None) is { EmissionOn: true, Errors.Count: 0 });
    }

    [Fact]
    public async Task A_head_that_lost_its_supply_ends_the_plan_and_its_dark_currents_are_no_data()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp");
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Of(s_masses, TimeSpan.FromSeconds(2)), CancellationToken.None);
        await GasAnalyzerBench.TakeAsync(analyzer, 2);
        await bench.Bench.SetFaultAsync("head-restart");

        var ended = await Assert.ThrowsAsync<DeviceFaultException>(() => GasAnalyzerBench.TakeAsync(analyzer, 1000));
        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.StartAsync(IonPlan.Of(s_masses, TimeSpan.FromSeconds(2)), CancellationToken.None));

        Assert.Contains("0.00 mA emission", ended.Message, StringComparison.Ordinal);
        Assert.Contains("the filament is off", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overpressure_trips_filament_and_multiplier_and_both_are_told()
    {
        await using GasAnalyzerBench bench = await SrsRgaBenches.StartAsync("tcp");
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Of(s_masses, TimeSpan.FromSeconds(2)), CancellationToken.None);
        await bench.Bench.SetFaultAsync("overpressure");

        var tripped = await Assert.ThrowsAsync<DeviceFaultException>(() => GasAnalyzerBench.TakeAsync(analyzer, 1000));
        GasAnalyzerStatus status = await analyzer.InspectAsync(CancellationToken.None);

        Assert.Contains("the pressure is too high", tripped.Message, StringComparison.Ordinal);
        Assert.Contains("multiplier off too", tripped.Message, StringComparison.Ordinal);
        Assert.Equal((0.0, 0.0), (status.EmissionAmperes!.Value, status.MultiplierVolts!.Value));
    }
}
