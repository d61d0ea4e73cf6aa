using CellLab.Core.Devices;
using CellLab.Engine.Live;

namespace CellLab.Engine.Setup;

/// <summary>Which pipeline a job runs in.</summary>
internal sealed class PipelineBook(IReadOnlyList<PipelineSpec> pipelines)
{
    /// <summary>That of the channel it runs on: a job may have been continued elsewhere. Null when the configuration has none any more.</summary>
    public PipelineSpec? Of(LiveJob live) => Of(live.Job.Pipeline, live.Channel);

    public PipelineSpec? Of(string named, ChannelAddress channel) =>
        pipelines.FirstOrDefault(found => found.Id == named && HasCycler(found, channel)) ?? pipelines.FirstOrDefault(found => HasCycler(found, channel));

    /// <summary>Whose channel this is in any role.</summary>
    public PipelineSpec? With(ChannelAddress channel) => pipelines.FirstOrDefault(found => found.Roles.Values.Contains(channel));

    private static bool HasCycler(PipelineSpec pipeline, ChannelAddress channel) =>
        pipeline.Roles.TryGetValue(PipelineSpec.CyclerRole, out ChannelAddress cycler) && cycler == channel;
}
