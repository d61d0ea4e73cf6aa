using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/plan</c> and <c>GET jobs/{id}/protocol</c>: what a job was meant to do.</summary>
internal static class PlanEndpoint
{
    public static void MapPlan(this RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{id}/plan", ReadAsync).WithSummary("Planned cycles and time, how much of it lies behind, and the expected end");
        api.MapGet("/jobs/{id}/protocol", ProtocolAsync).WithSummary("The protocol as it was submitted, with the values of its parameters");
    }

    private static async Task<PlanView> ReadAsync(
        string id, IJournal journal, IExperimentDesk desk, JobPlans plans, Clocks clocks, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return await plans.ViewAsync(job, desk.ProgressOf(job.Id), clocks.Lab.GetUtcNow(), cancellationToken);
    }

    private static async Task<SubmittedProtocol> ProtocolAsync(string id, IJournal journal, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return new SubmittedProtocol(job.ProtocolName, job.ProtocolText, job.ProtocolSettings);
    }
}

internal sealed record SubmittedProtocol(string Name, string Text, IReadOnlyDictionary<string, string>? Set);
