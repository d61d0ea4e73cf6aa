using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;

namespace CellLab.ContractTests.SrsRga;

/// <summary>The contract over each wire of the head.</summary>
public sealed class SrsRgaBehindItsAdapter : GasAnalyzerContract
{
    protected override Task<GasAnalyzerBench> CreateBenchAsync() => SrsRgaBenches.StartAsync("adapter");
}

public sealed class SrsRgaOnADeviceServer : GasAnalyzerContract
{
    protected override Task<GasAnalyzerBench> CreateBenchAsync() => SrsRgaBenches.StartAsync("tcp");
}

public sealed class SrsRgaOnASerialLine : GasAnalyzerContract
{
    protected override Task<GasAnalyzerBench> CreateBenchAsync() => SrsRgaBenches.StartAsync("serial");
}

internal static class SrsRgaBenches
{
    public static async Task<GasAnalyzerBench> StartAsync(string wire, double speed = 200) => new(await SimulatedBench.StartAsync(
        speed, $$"""{ "devices": [{ "id": "rga1", "driver": "SrsRga", "wire": "{{wire}}" }] }"""));
}
