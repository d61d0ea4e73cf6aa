using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Messaging;
using CellLab.Service.Hosting;

namespace CellLab.Service.Rest;

/// <summary><c>GET status</c>: who answers, by which clock, and how much is going on.</summary>
internal static class StatusEndpoint
{
    public static void MapStatus(this RouteGroupBuilder api) => api.MapGet("/status", ReadAsync).WithSummary("This node, its clock and its load");

    private static async Task<StatusView> ReadAsync(
        NodeInfo node, Clocks clocks, IJournal journal, IMessageClient broker, CancellationToken cancellationToken)
    {
        IReadOnlyList<Job> jobs = await journal.ReadJobsAsync(cancellationToken);
        return new StatusView(
            node.Site,
            node.Node,
            NodeInfo.Version,
            node.StartNumber,
            new ClockView(clocks.Lab.GetUtcNow(), clocks.Lab.Speed),
            node.Roles.Names(),
            new BrokerView(broker.IsConnected),
            jobs.Count(job => IsUnderWay(job.State)));
    }

    /// <summary>Its test is in an instrument: neither queued, nor waiting for a person, nor over.</summary>
    private static bool IsUnderWay(JobState state) => state is not (JobState.Queued or JobState.Waiting) && !state.IsFinal();
}

internal sealed record StatusView(
    string Site, string Node, string Version, long StartNumber, ClockView Clock, IReadOnlyList<string> Roles, BrokerView Broker, int JobsRunning);

internal sealed record ClockView(DateTimeOffset LabUtc, double Speed);

internal sealed record BrokerView(bool Connected);
