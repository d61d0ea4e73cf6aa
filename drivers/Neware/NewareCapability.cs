using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.Neware;

/// <summary>What the channels of a BTS system can do. The wire does not tell current ranges and voltages: they come from the settings.</summary>
internal static class NewareCapability
{
    private const double MaxMilliamperes = 1e6;
    private const double MaxVolts = 1000;

    /// <summary>Steps that a step file can hold (<see cref="StepFile.NewareStepFile"/>).</summary>
    private static readonly string[] Kinds =
        [StepNames.OpenCircuit, StepNames.ConstantCurrent, StepNames.ConstantVoltage, StepNames.VoltageScan, StepNames.Loop];

    public static ChannelCapability Read(DeviceSetup setup)
    {
        var settings = new SettingsReader(setup.Settings, []);
        return Plate(settings) with { RecordPollInterval = NewareSettings.CountIntervalOf(settings, NewareSettings.ShortestPollOf(setup.Simulated)) };
    }

    /// <summary>The settings that stand on a channel's plate.</summary>
    public static ChannelCapability Plate(SettingsReader settings) => new()
    {
        CurrentRangesAmperes = [.. settings.Numbers("current_ranges_ma", MaxMilliamperes).Select(milliamperes => milliamperes * 1e-3)],
        MaxVolts = settings.Number("max_voltage_v", -MaxVolts, MaxVolts),
        MinVolts = settings.Number("min_voltage_v", -MaxVolts, MaxVolts),
        StepKinds = Kinds,
        ProgramFormat = StepFile.NewareStepFile.Format,
    };
}
