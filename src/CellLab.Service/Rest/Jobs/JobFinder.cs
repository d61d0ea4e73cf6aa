using CellLab.Core.Jobs;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Finds a job by its id or by the beginning of it, as people type it.</summary>
internal static class JobFinder
{
    public static async Task<Job> FindAsync(IJournal journal, string id, CancellationToken cancellationToken)
    {
        if (await journal.ReadJobAsync(new JobId(id), cancellationToken) is { } exact)
        {
            return exact;
        }

        IReadOnlyList<Job> jobs = await journal.ReadJobsAsync(cancellationToken);
        List<Job> matching = [.. jobs.Where(job => job.Id.Value.StartsWith(id, StringComparison.Ordinal))];
        return matching.Count switch
        {
            1 => matching[0],
            0 => throw RestProblemException.NoJob(new JobId(id)),
            _ => throw new RestProblemException(
                StatusCodes.Status409Conflict,
                $"{matching.Count} jobs begin with '{id}': {string.Join(", ", matching.Take(5).Select(job => job.Id.Value))}.",
                null,
                "Give more letters of the id."),
        };
    }
}
