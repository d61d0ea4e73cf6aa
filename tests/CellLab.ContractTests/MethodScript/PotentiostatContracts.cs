using CellLab.ContractTests.Contracts;

namespace CellLab.ContractTests.MethodScript;

public sealed class PotentiostatOverTcpDeviceContract : DeviceContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await PotentiostatBench.StartAsync();
}

public sealed class PotentiostatOverTcpProgramRunnerContract : ProgramRunnerContract
{
    protected override bool KeepsRecordsWhileAway => false;

    protected override bool CanPause => false;

    protected override async Task<InstrumentBench> CreateBenchAsync() => await PotentiostatBench.StartAsync();
}

public sealed class PotentiostatOverTcpSafeStateContract : SafeStateContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await PotentiostatBench.StartAsync();
}

public sealed class PotentiostatOnSerialLineDeviceContract : DeviceContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await PotentiostatBench.StartAsync(wire: "serial");
}

public sealed class PotentiostatOnSerialLineProgramRunnerContract : ProgramRunnerContract
{
    protected override bool KeepsRecordsWhileAway => false;

    protected override bool CanPause => false;

    protected override async Task<InstrumentBench> CreateBenchAsync() => await PotentiostatBench.StartAsync(wire: "serial");
}

public sealed class PotentiostatOnSerialLineSafeStateContract : SafeStateContract
{
    protected override async Task<InstrumentBench> CreateBenchAsync() => await PotentiostatBench.StartAsync(wire: "serial");
}
