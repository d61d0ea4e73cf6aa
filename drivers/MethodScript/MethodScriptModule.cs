using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.MethodScript;

/// <summary>Potentiostats that speak MethodSCRIPT.</summary>
public sealed class MethodScriptModule : IDriverModule
{
    private static readonly string[] s_kinds =
        [StepNames.OpenCircuit, StepNames.ConstantCurrent, StepNames.ConstantVoltage, StepNames.VoltageScan, StepNames.Loop];

    public string Name => "MethodScript";

    public IDevice Create(DeviceSetup setup, Clocks clocks, ILoggerFactory loggers) => new MethodScriptDevice(
        setup.Id,
        MethodScriptSettings.Read(setup),
        setup.Connector ?? new WireConnector(clocks.Wall),
        clocks,
        loggers.CreateLogger<MethodScriptDevice>(),
        setup.Simulated);

    public ChannelCapability CapabilityOf(DeviceSetup setup, string channel)
    {
        var settings = new SettingsReader(setup.Settings, []);
        MethodScriptModel model = MethodScriptSettings.ModelOf(settings);
        return new ChannelCapability
        {
            CurrentRangesAmperes = [.. model.RangesAmperes.Where(r => r < model.MaxAmperes), model.MaxAmperes],
            MaxVolts = model.MaxVolts,
            MinVolts = -model.MaxVolts,
            StepKinds = s_kinds,
            MeasuresImpedance = true,
            RecordPollInterval = settings.Seconds("poll_interval_s", 2, 0.1, 60),
        };
    }
}
