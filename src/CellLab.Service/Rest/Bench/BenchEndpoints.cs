using CellLab.Core.Devices;
using CellLab.Engine.Desk;
using CellLab.Service.Options;

namespace CellLab.Service.Rest.Bench;

/// <summary>Devices, their channels, and the pipelines made of them.</summary>
internal static class BenchEndpoints
{
    public static void MapBench(this RouteGroupBuilder api)
    {
        api.MapGet("/devices", (IExperimentDesk desk) => new DeviceList([.. desk.Devices.Select(DeviceBody.Of)]))
            .WithSummary("All devices with what they do now");
        api.MapGet("/devices/{id}", (string id, IExperimentDesk desk) => DeviceBody.Of(Find(desk, id))).WithSummary("One device");
        api.MapPost("/devices/{id}/probe", ProbeAsync).WithSummary("A read-only health check of the device");
        api.MapGet("/channels", (IExperimentDesk desk) => new ChannelList([.. desk.Devices.SelectMany(device => device.Channels).Select(ChannelBody.Of)]))
            .WithSummary("All channels with what they do now");
        api.MapGet("/pipelines", (ServiceConfiguration configuration, IExperimentDesk desk) => Pipelines(configuration, desk))
            .WithSummary("Configured pipelines and the jobs that hold them");
    }

    private static DeviceView Find(IExperimentDesk desk, string id) =>
        desk.Devices.FirstOrDefault(device => device.Id.Value == id)
        ?? throw RestProblemException.NotFound("device", id, "GET /api/v1/devices lists the configured ones.");

    private static async Task<ProbeBody> ProbeAsync(string id, IExperimentDesk desk, CancellationToken cancellationToken) =>
        ProbeBody.Of(await desk.ProbeAsync(Find(desk, id).Id, cancellationToken));

    private static PipelineList Pipelines(ServiceConfiguration configuration, IExperimentDesk desk)
    {
        var holders = desk.Devices.SelectMany(device => device.Channels)
            .Where(channel => channel.Job is not null)
            .ToDictionary(channel => channel.Status.Channel, channel => channel.Job!.Value.Value);
        return new PipelineList([.. configuration.Pipelines.Select(pipeline => View(pipeline, holders))]);
    }

    private static PipelineBody View(PipelineEntry pipeline, Dictionary<ChannelAddress, string> holders) => new(
        pipeline.Id,
        pipeline.Holder,
        pipeline.Roles.ToDictionary(role => role.Key, role => role.Value.ToString()),
        pipeline.Roles.Values.Select(channel => holders.GetValueOrDefault(channel)).FirstOrDefault(job => job is not null));
}

internal sealed record PipelineList(IReadOnlyList<PipelineBody> Pipelines);

/// <summary><paramref name="Job"/> is the live job that holds it; null when it is free.</summary>
internal sealed record PipelineBody(string Id, string Holder, IReadOnlyDictionary<string, string> Roles, string? Job);
