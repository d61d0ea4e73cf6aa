using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.PrismaPro;

public sealed class PrismaProContract : GasAnalyzerContract
{
    [Fact]
    public async Task An_instrument_in_another_clients_hands_is_left_alone()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        await bench.Bench.SetFaultAsync("control-taken");
        IDevice device = bench.Bench.CreateDevice();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => device.ConnectAsync(CancellationToken.None));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("PV MassSpec", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_left_out_and_noted_also_in_chunks()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await bench.Bench.SetFaultAsync("not-a-number");
        await bench.Bench.SetFaultAsync("chunked");
        await analyzer.StartAsync(IonPlan.Of([32, 36, 44], TimeSpan.FromSeconds(5)), CancellationToken.None);

        IonPass pass = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];

        Assert.Equal([36, 44], pass.Ions.Select(i => i.MassToCharge));
    }

    [Fact]
    public async Task An_error_of_the_web_server_is_transient_and_the_plan_goes_on()
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Of([32, 36, 44], TimeSpan.FromSeconds(5)), CancellationToken.None);
        await GasAnalyzerBench.TakeAsync(analyzer, 1);
        await bench.Bench.SetFaultAsync("server-error", null, ("times", "1"));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => GasAnalyzerBench.TakeAsync(analyzer, 1000));
        List<IonPass> after = await GasAnalyzerBench.TakeAsync(analyzer, 2);

        Assert.True(fault.IsTransient);
        Assert.Equal(after[0].Number + 1, after[1].Number);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_scan_that_another_client_began_is_none_of_the_plan(int masses)
    {
        await using GasAnalyzerBench bench = await CreateBenchAsync();
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(await bench.CreateConnectedAsync());
        await analyzer.StartAsync(IonPlan.Of([32, 36, 44], TimeSpan.FromSeconds(5)), CancellationToken.None);
        await GasAnalyzerBench.TakeAsync(analyzer, 5);

        using var other = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{bench.Bench.Configured("connection:port")}/mmsp/") };
        foreach (string request in (string[])
        [
            "communication/clientName/set?Quadera", "scanSetup/set?scanStop=Immediately",
            .. Enumerable.Range(1, masses).Select(channel => $"scanSetup/channels/{channel}/set?channelMode=Single&startMass={50 + channel}&dwell=256&ppamu=1&enabled=True"),
            $"scanSetup/set?startChannel=1&stopChannel={masses}", "scanSetup/set?scanCount=-1", "scanSetup/set?scanStart=1",
        ])
        {
            (await other.GetAsync(request)).EnsureSuccessStatusCode();
        }

        DeviceFaultException ended = await Assert.ThrowsAsync<DeviceFaultException>(() => GasAnalyzerBench.TakeAsync(analyzer, 1000));

        Assert.Equal(FaultKind.Rejected, ended.Kind);
        Assert.Contains("Quadera", ended.Message, StringComparison.Ordinal);
    }

    protected override async Task<GasAnalyzerBench> CreateBenchAsync() => new(await SimulatedBench.StartAsync(
        200, """{ "devices": [{ "id": "prisma1", "driver": "PrismaPro" }] }"""));
}
