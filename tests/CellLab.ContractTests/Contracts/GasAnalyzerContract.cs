using CellLab.Core.Devices;

namespace CellLab.ContractTests.Contracts;

/// <summary>What every mass spectrometer must do.</summary>
public abstract class GasAnalyzerContract
{
    private static readonly double[] s_masses = [18, 28, 32, 36, 44];
    private static readonly IonPlan s_plan = IonPlan.Of(s_masses, TimeSpan.FromSeconds(5));

    protected abstract Task<GasAnalyzerBench> CreateBenchAsync();

    [Fact]
    public async Task Every_mass_has_its_own_time_and_passes_are_numbered_without_gap()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(s_plan, CancellationToken.None);

        List<IonPass> passes = await GasAnalyzerBench.TakeAsync(analyzer, 4);

        Assert.Equal([1, 2, 3, 4], passes.Select(p => p.Number));
        Assert.All(passes, p => Assert.Equal(s_masses, p.Ions.Select(i => i.MassToCharge)));
        IonReading[] all = [.. passes.SelectMany(p => p.Ions)];
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.Second.TakenAtUtc > pair.First.TakenAtUtc));
        Assert.All(all, i => Assert.True(double.IsFinite(i.IonCurrentAmperes)));
    }

    [Fact]
    public async Task A_probe_while_a_plan_runs_leaves_source_and_passes_as_they_are()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(device);
        await analyzer.StartAsync(s_plan, CancellationToken.None);
        List<IonPass> passes = await GasAnalyzerBench.TakeAsync(analyzer, 1);
        Assert.True(device.TryGet(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(CancellationToken.None);
        passes.AddRange(await GasAnalyzerBench.TakeAsync(analyzer, 2));

        Assert.Equal(ChannelState.Running, report.Channels[0].State);
        Assert.Equal(Enumerable.Range(1, passes.Count).Select(number => (long)number), passes.Select(pass => pass.Number));
        Assert.True((await analyzer.InspectAsync(CancellationToken.None)) is { EmissionOn: true, Measuring: true });
    }

    [Fact]
    public async Task Argon_water_and_nitrogen_stand_in_the_ratio_of_the_gas()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(s_plan, CancellationToken.None);

        IonPass pass = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];

        double argon = pass.Ions.Single(i => i.MassToCharge == 36).IonCurrentAmperes / 0.00335;
        Assert.InRange(pass.Ions.Single(i => i.MassToCharge == 18).IonCurrentAmperes / argon, 80e-6, 110e-6);
        Assert.InRange(pass.Ions.Single(i => i.MassToCharge == 28).IonCurrentAmperes / argon, 20e-6, 40e-6);
    }

    [Fact]
    public async Task A_sweep_shows_the_peaks_at_their_masses()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Analog(14, 22, 10, TimeSpan.FromSeconds(5), dwellSeconds: 0.02), CancellationToken.None);

        IonPass sweep = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];

        Assert.Equal(81, sweep.Ions.Count);
        Assert.Equal(20.0, sweep.Ions.MaxBy(i => i.IonCurrentAmperes).MassToCharge, 0.11);
    }

    [Fact]
    public async Task Connecting_twice_leaves_it_working_and_the_plan_goes_on()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(device);
        await analyzer.StartAsync(s_plan, CancellationToken.None);
        await GasAnalyzerBench.TakeAsync(analyzer, 1);

        await device.ConnectAsync(CancellationToken.None);
        List<IonPass> passes = await GasAnalyzerBench.TakeAsync(analyzer, 1);

        Assert.True(passes[0].Number >= 2);
        Assert.Equal(s_masses.Length, passes[0].Ions.Count);
    }

    [Fact]
    public async Task A_reply_that_ends_in_the_middle_is_a_transient_fault_and_connecting_again_mends_it()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(device);
        await bench.Bench.SetFaultAsync("cut-mid-reply", null, ("times", "1"));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.InspectAsync(CancellationToken.None));
        await device.ConnectAgainAsync();
        GasAnalyzerStatus status = await analyzer.InspectAsync(CancellationToken.None);

        Assert.True(fault.IsTransient);
        Assert.True(status.EmissionOn);
    }

    [Fact]
    public async Task A_cancelled_question_does_not_give_its_answer_to_the_next_one()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await bench.Bench.SetFaultAsync("delay", null, ("ms", "300"), ("times", "1"));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(30), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => analyzer.InspectAsync(soon.Token));
        GasAnalyzerStatus status = await analyzer.InspectAsync(CancellationToken.None);

        Assert.True(status.EmissionOn);
        Assert.Empty(status.Errors);
    }

    [Fact]
    public async Task Garbage_ends_as_a_lost_pass_or_a_fault_and_the_next_pass_is_whole()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(device);
        await analyzer.StartAsync(s_plan, CancellationToken.None);
        IonPass before = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];
        await bench.Bench.SetFaultAsync("garbage", null, ("times", "1"));

        IonPass? after = null;
        while (after is null)
        {
            try
            {
                after = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];
            }
            catch (DeviceFaultException fault) when (fault.IsTransient)
            {
                await device.ConnectAsync(CancellationToken.None);
            }
        }

        Assert.Equal(s_masses, after.Ions.Select(i => i.MassToCharge));
        Assert.All(before.Ions.Zip(after.Ions), pair => Assert.InRange(pair.Second.IonCurrentAmperes / pair.First.IonCurrentAmperes, 0.5, 2));
    }

    [Fact]
    public async Task Without_a_connection_everything_is_unreachable()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(bench.Bench.CreateDevice());

        var status = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.InspectAsync(CancellationToken.None));
        var start = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.StartAsync(s_plan, CancellationToken.None));

        Assert.Equal([FaultKind.Unreachable, FaultKind.Unreachable], [status.Kind, start.Kind]);
    }

    [Fact]
    public async Task The_source_is_not_switched_on_at_a_high_pressure_nor_a_plan_started_without_it()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync(switchOn: false));

        var high = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.SwitchOnAsync(1.0, CancellationToken.None));
        var unknown = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.SwitchOnAsync(double.NaN, CancellationToken.None));
        var start = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.StartAsync(s_plan, CancellationToken.None));

        Assert.Equal([FaultKind.Rejected, FaultKind.Rejected, FaultKind.Rejected], [high.Kind, unknown.Kind, start.Kind]);
        Assert.False((await analyzer.InspectAsync(CancellationToken.None)).EmissionOn);
    }

    [Fact]
    public async Task Switching_off_overtakes_an_exchange_that_hangs()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await bench.Bench.SetFaultAsync("never-answer", null, ("times", "1"));
        Task<GasAnalyzerStatus> hanging = analyzer.InspectAsync(CancellationToken.None);

        await analyzer.SwitchOffAsync(CancellationToken.None);
        GasAnalyzerStatus status = await analyzer.InspectAsync(CancellationToken.None);

        Assert.False(status.EmissionOn);
        Assert.Equal(0.0, status.MultiplierVolts ?? 0);
        await Assert.ThrowsAsync<DeviceFaultException>(() => hanging);
    }

    [Fact]
    public async Task A_plan_that_is_ended_while_it_starts_does_not_measure()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        Task starting = analyzer.StartAsync(s_plan, CancellationToken.None);

        await analyzer.StopAsync(CancellationToken.None);
        await starting;
        IonPoll poll = await analyzer.PollAsync(CancellationToken.None);

        Assert.Empty(poll.Passes);
        Assert.True((await analyzer.InspectAsync(CancellationToken.None)) is { EmissionOn: true, Measuring: false });
    }

    [Fact]
    public async Task Switching_off_while_a_plan_starts_leaves_the_source_off_and_nothing_measuring()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        Task starting = analyzer.StartAsync(s_plan, CancellationToken.None);

        await analyzer.SwitchOffAsync(CancellationToken.None);
        Exception? interrupted = await Record.ExceptionAsync(() => starting);
        IonPoll poll = await analyzer.PollAsync(CancellationToken.None);
        var again = await Assert.ThrowsAsync<DeviceFaultException>(() => analyzer.StartAsync(s_plan, CancellationToken.None));

        Assert.True(interrupted is null or DeviceFaultException, $"{interrupted}");
        Assert.Empty(poll.Passes);
        Assert.Equal(FaultKind.Rejected, again.Kind);
        Assert.True((await analyzer.InspectAsync(CancellationToken.None)) is { EmissionOn: false, Measuring: false });
    }

    [Fact]
    public async Task A_filament_that_goes_out_ends_the_plan_and_is_not_lit_again_by_itself()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(s_plan, CancellationToken.None);
        await GasAnalyzerBench.TakeAsync(analyzer, 1);
        await bench.Bench.SetFaultAsync("filament-off");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => GasAnalyzerBench.TakeAsync(analyzer, 1000));
        await bench.Bench.ClearFaultAsync("filament-off");
        GasAnalyzerStatus status = await analyzer.InspectAsync(CancellationToken.None);

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.False(status.EmissionOn);
        Assert.False(status.Measuring);
    }

    [Fact]
    public async Task A_plan_beyond_the_instrument_is_refused_with_its_reason()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => analyzer.StartAsync(IonPlan.Of([32, 4000], TimeSpan.Zero), CancellationToken.None));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("4000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_end_of_a_plan_nothing_is_measured_and_the_source_stays_on()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(s_plan, CancellationToken.None);
        await GasAnalyzerBench.TakeAsync(analyzer, 1);

        await analyzer.StopAsync(CancellationToken.None);
        await analyzer.StopAsync(CancellationToken.None);
        IonPoll poll = await analyzer.PollAsync(CancellationToken.None);
        GasAnalyzerStatus status = await analyzer.InspectAsync(CancellationToken.None);

        Assert.Empty(poll.Passes);
        Assert.True(status.EmissionOn);
        Assert.False(status.Measuring);
    }
}
