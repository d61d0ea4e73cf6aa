using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Service.Rest.Jobs;
using CellLab.Storage.Analysis;

namespace CellLab.Tests.Service.Rest;

/// <summary>An analysis that has found what the test says.</summary>
internal sealed class KnownCycles : ICycleSource
{
    public long? Analysed { get; set; }

    public IReadOnlyList<CycleResult> Cycles { get; set; } = [];

    public IReadOnlyList<Finding> Findings { get; set; } = [];

    public Task<long?> CountAnalysedAsync(Job job, string stream, CancellationToken cancellationToken) => Task.FromResult(Analysed);

    public Task<IReadOnlyList<CycleResult>> ReadCyclesAsync(JobId job, CancellationToken cancellationToken) => Task.FromResult(Cycles);

    public Task<IReadOnlyList<Finding>> ReadFindingsAsync(JobId job, int max, CancellationToken cancellationToken) => Task.FromResult(Findings);

    public IReadOnlyList<StoredResult> Results { get; set; } = [];

    public Task<IReadOnlyList<StoredResult>> ReadResultsAsync(JobId job, string kind, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredResult>>([.. Results.Where(result => result.Kind == kind)]);
}
