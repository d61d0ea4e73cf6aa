using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Storage.Analysis;

namespace CellLab.Service.Rest.Jobs;

/// <summary>What the analysis has worked out so far; it may run in another process and may be behind.</summary>
internal interface ICycleSource
{
    /// <summary>Rows of the job's stream that are analysed; null when the analysis has not begun. The last row of a job that is over counts when the
    /// results that need its end are there: a last cycle, or gas with the background after it.</summary>
    Task<long?> CountAnalysedAsync(Job job, string stream, CancellationToken cancellationToken);

    /// <summary>In order of cycles; empty when the analysis has not begun.</summary>
    Task<IReadOnlyList<CycleResult>> ReadCyclesAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>What a person should know of the data, in order, at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<Finding>> ReadFindingsAsync(JobId job, int max, CancellationToken cancellationToken);

    /// <summary>Results of one analysis by the name of its kind, in order of items (cycles, spectra, patterns).</summary>
    Task<IReadOnlyList<StoredResult>> ReadResultsAsync(JobId job, string kind, CancellationToken cancellationToken);
}
