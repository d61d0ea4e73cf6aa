using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Autolab;

/// <summary>Metrohm Autolab behind the bridge program on its instrument PC.</summary>
public sealed class AutolabModule : IDriverModule
{
    private static readonly string[] s_kinds =
        [StepNames.OpenCircuit, StepNames.ConstantCurrent, StepNames.ConstantVoltage, StepNames.VoltageScan, StepNames.Loop];

    public string Name => "Autolab";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) => new AutolabDevice(
        setup.Id,
        AutolabSettings.Read(setup),
        setup.Connector ?? new TcpConnector(clocks.Wall),
        clocks,
        loggers.CreateLogger<AutolabDevice>(),
        setup.Simulated);

    public ChannelCapability CapabilityOf(DeviceSetup setup, string channel) => new()
    {
        CurrentRangesAmperes = AutolabModel.RangesAmperes,
        MaxVolts = AutolabModel.MaxVolts,
        MinVolts = -AutolabModel.MaxVolts,
        StepKinds = s_kinds,
        MeasuresImpedance = true,
        RecordPollInterval = new SettingsReader(setup.Settings, []).Seconds("poll_interval_s", 2, 0.1, 60),
    };
}
