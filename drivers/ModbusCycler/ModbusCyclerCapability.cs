using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>What the channel can do. A register map serves models of several sizes: ranges and voltages come from the settings.</summary>
internal static class ModbusCyclerCapability
{
    private const double MaxMilliamperes = 1e6;
    private const double MaxVolts = 1000;

    public static ChannelCapability Read(DeviceSetup setup) => Plate(new SettingsReader(setup.Settings, [])) with { SteppedByService = true };

    /// <summary>The settings that stand on a device's plate.</summary>
    public static ChannelCapability Plate(SettingsReader settings) => new()
    {
        CurrentRangesAmperes = [.. settings.Numbers("current_ranges_ma", MaxMilliamperes).Select(milliamperes => milliamperes * 1e-3)],
        MaxVolts = settings.Number("max_voltage_v", 0, MaxVolts),
        MinVolts = settings.Number("min_voltage_v", 0, MaxVolts),
    };
}
