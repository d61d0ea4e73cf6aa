using CellLab.ContractTests.Contracts;

namespace CellLab.ContractTests.Autolab;

public sealed class AutolabDeviceContract : DeviceContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await AutolabBench.StartAsync();
}

public sealed class AutolabProgramRunnerContract : ProgramRunnerContract
{
    protected override bool KeepsRecordsWhileAway => false;

    protected override bool CanPause => false;

    protected override async Task<InstrumentBench> CreateBenchAsync() => await AutolabBench.StartAsync();
}

public sealed class AutolabSafeStateContract : SafeStateContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await AutolabBench.StartAsync();
}
