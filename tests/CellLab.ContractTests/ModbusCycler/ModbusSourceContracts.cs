using CellLab.ContractTests.Contracts;

namespace CellLab.ContractTests.ModbusCycler;

public sealed class EaPsbOverTcpContract : SourceMeterContract
{
    protected override async Task<SourceMeterBench> CreateBenchAsync() => await ModbusSourceBench.StartAsync("ea-psb", 0.5, 0.5);
}

public sealed class EaPsbOverSerialContract : SourceMeterContract
{
    protected override async Task<SourceMeterBench> CreateBenchAsync() => await ModbusSourceBench.StartAsync("ea-psb", 0.5, 0.5, "\"serial\": true,");
}

public sealed class RidenContract : SourceMeterContract
{
    protected override async Task<SourceMeterBench> CreateBenchAsync() => await ModbusSourceBench.StartAsync("riden-rd6006p", 0.5, 0);
}

public sealed class MaynuoContract : SourceMeterContract
{
    protected override async Task<SourceMeterBench> CreateBenchAsync() => await ModbusSourceBench.StartAsync("maynuo-m97", 0, 0.5);
}

public sealed class RidenAndMaynuoContract : SourceMeterContract
{
    protected override async Task<SourceMeterBench> CreateBenchAsync() => await ModbusSourceBench.StartAsync("riden-maynuo", 0.5, 0.5);
}
