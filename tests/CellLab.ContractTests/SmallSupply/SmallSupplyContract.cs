using CellLab.ContractTests.Contracts;
using CellLab.ContractTests.ModbusCycler;
using CellLab.Drivers.SmallSupply;

namespace CellLab.ContractTests.SmallSupply;

/// <summary>The driver of docs/how-to/write-a-driver.md keeps the contract.</summary>
public sealed class SmallSupplyContract : SourceMeterContract
{
    protected override async Task<SourceMeterBench> CreateBenchAsync() =>
        await ModbusSourceBench.StartAsync("riden-rd6006p", 0.5, 0, module: new SmallSupplyModule());
}
