using CellLab.Core.Jobs;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>POST jobs/{id}/archive</c> and <c>.../restore</c>: an admin's. Each answers when it is done, with the job as it then is.</summary>
internal static class ArchiveEndpoints
{
    public static void MapArchive(this RouteGroupBuilder api)
    {
        api.MapPost("/jobs/{id}/archive", ArchiveAsync).WithSummary("Writes the ended job into the archive folder, checks it there and takes its rows out of the store");
        api.MapPost("/jobs/{id}/restore", RestoreAsync).WithSummary("Checks the archive of a job and brings its rows back");
    }

    private static async Task<JobView> ArchiveAsync(
        string id, ArchiveRequest request, HttpContext context, IJournal journal, ArchiveDesk archives, JobPresenter presenter, CancellationToken cancellationToken)
    {
        string reason = ReasonOf(request);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        await archives.ArchiveAsync(job, Caller.Of(context), reason, cancellationToken);
        return await presenter.ViewAsync(job, cancellationToken);
    }

    private static async Task<JobView> RestoreAsync(
        string id, ArchiveRequest request, HttpContext context, IJournal journal, ArchiveDesk archives, JobPresenter presenter, CancellationToken cancellationToken)
    {
        string reason = ReasonOf(request);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        await archives.RestoreAsync(job, Caller.Of(context), reason, cancellationToken);
        return await presenter.ViewAsync(job, cancellationToken);
    }

    private static string ReasonOf(ArchiveRequest request) => request.Reason is { } reason ? Bounds.Text("reason", reason, RestLimits.MaxReasonLength) : "not stated";
}

internal sealed record ArchiveRequest(string? Reason = null);
