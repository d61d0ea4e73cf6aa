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

    protected override async Task<GasAnalyzerBench> CreateBenchAsync() => new(await SimulatedBench.StartAsync(
        200, """{ "devices": [{ "id": "prisma1", "driver": "PrismaPro" }] }"""));
}
