using CellLab.ContractTests.Contracts;

namespace CellLab.ContractTests.Neware;

public sealed class NewareDeviceContract : DeviceContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await NewareInstrumentBench.StartAsync();
}

public sealed class NewareProgramRunnerContract : ProgramRunnerContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await NewareInstrumentBench.StartAsync();
}

public sealed class NewareSafeStateContract : SafeStateContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await NewareInstrumentBench.StartAsync();
}
