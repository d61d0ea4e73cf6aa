using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Drivers.Catalog;
using CellLab.Service.Options;

namespace CellLab.Service.Offline;

/// <summary>What the channels of pipelines can do, by the configuration alone: nothing is opened.</summary>
public static class ConfiguredChannels
{
    public const string Cycler = "cycler";

    /// <summary>The channel that steps the cell.</summary>
    public static ChannelAddress CyclerOf(PipelineEntry pipeline) =>
        pipeline.Roles.TryGetValue(Cycler, out ChannelAddress channel) ? channel : pipeline.Roles.Values.First();

    public static PipelineRoles RolesOf(PipelineEntry pipeline) =>
        new(pipeline.Id, pipeline.Roles.ToDictionary(role => role.Key, role => role.Value.ToString()));

    public static ChannelCapability CapabilityOf(ServiceConfiguration configuration, PipelineEntry pipeline)
    {
        ChannelAddress channel = CyclerOf(pipeline);
        return configuration.Devices.FirstOrDefault(known => known.Id == channel.Device.Value) is { } device
            && DriverCatalog.Modules.FirstOrDefault(module => module.Name == device.Driver) is { } driver
            ? driver.CapabilityOf(DeviceSetup.From(device.Section), channel.Channel)
            : ChannelCapability.Unknown;
    }
}
