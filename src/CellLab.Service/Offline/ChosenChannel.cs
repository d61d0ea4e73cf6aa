using CellLab.Core.Devices;
using CellLab.Core.Protocols;
using CellLab.Service.Options;

namespace CellLab.Service.Offline;

/// <summary>The channel that a protocol is held against before it is submitted. <paramref name="Name"/> is how messages call it.</summary>
/// <param name="Pipeline">Null where only current ranges are known.</param>
public sealed record ChosenChannel(string Name, ChannelCapability Capability, PipelineRoles? Pipeline)
{
    /// <summary>What the pipeline's cells sit in; null where no pipeline is known.</summary>
    public string? Holder { get; private init; }

    public static ChosenChannel Of(ServiceConfiguration configuration, PipelineEntry pipeline) => new(
        $"{pipeline.Id} ({ConfiguredChannels.CyclerOf(pipeline)})", ConfiguredChannels.CapabilityOf(configuration, pipeline), ConfiguredChannels.RolesOf(pipeline)) { Holder = pipeline.Holder };
}
