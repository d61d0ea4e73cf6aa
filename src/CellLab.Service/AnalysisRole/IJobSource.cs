using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Service.AnalysisRole;

/// <summary>The acquisition service as the analysis sees it: jobs, and records by sequence number.</summary>
internal interface IJobSource
{
    /// <param name="all">Every job there is; otherwise live jobs and those that ended last.</param>
    /// <exception cref="JobSourceException">The service does not answer, or not in the documented shape.</exception>
    Task<IReadOnlyList<JobFacts>> ReadJobsAsync(bool all, CancellationToken cancellationToken);

    /// <exception cref="JobSourceException">The service does not answer, or not in the documented shape.</exception>
    Task<JobFacts> ReadJobAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Stored rows from <paramref name="firstSequence"/> on, in order, at most <paramref name="max"/>; empty after the last.</summary>
    /// <exception cref="JobSourceException">The service does not answer, or not in the documented shape.</exception>
    Task<IReadOnlyList<RecordRow>> ReadRecordsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken);

    /// <summary>The same for the rows of an instrument beside the cycler.</summary>
    /// <exception cref="JobSourceException">The service does not answer, or not in the documented shape.</exception>
    Task<IReadOnlyList<CompanionRow>> ReadCompanionsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken);

    /// <summary>Data of the job's events of these kinds (joined by commas), in order.</summary>
    /// <exception cref="JobSourceException">The service does not answer, or not in the documented shape.</exception>
    Task<IReadOnlyList<(string Kind, System.Text.Json.JsonElement Data)>> ReadEventDataAsync(JobId job, string kinds, CancellationToken cancellationToken);
}

/// <summary>The service could not be asked; to be tried again later.</summary>
internal sealed class JobSourceException(string message, Exception? inner = null) : Exception(message, inner);
