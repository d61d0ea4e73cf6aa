using CellLab.Service.Options;

namespace CellLab.Service.Rest;

/// <summary>The pipeline that a request names.</summary>
internal static class PipelineChoice
{
    /// <exception cref="RestProblemException">It is not configured; the hint lists those that are.</exception>
    public static PipelineEntry Find(ServiceConfiguration configuration, string id) =>
        configuration.FindPipeline(id)
        ?? throw RestProblemException.Invalid(
            "pipeline", $"There is no pipeline '{id}'.", $"Configured: {string.Join(", ", configuration.Pipelines.Select(known => known.Id))}.");

    /// <summary>The pipeline whose cell stands on a channel that a request names; a pipeline's own name is taken as it is.</summary>
    public static string HolderOf(ServiceConfiguration configuration, string channelOrPipeline) =>
        configuration.Pipelines.FirstOrDefault(pipeline => pipeline.Roles.Values.Any(channel => channel.ToString() == channelOrPipeline))?.Id ?? channelOrPipeline;
}
