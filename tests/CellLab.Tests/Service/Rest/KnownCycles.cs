using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Tests.Service.Rest;

/// <summary>An analysis that has found what the test says.</summary>
internal sealed class KnownCycles : ICycleSource
{
    public long? Analysed { get; set; }

    public IReadOnlyList<CycleResult> Cycles { get; set; } = [];

    public IReadOnlyList<Finding> Findings { get; set; } = [];

    public Task<long?> CountAnalysedAsync(JobId job, CancellationToken cancellationToken) => Task.FromResult(Analysed);

    public Task<IReadOnlyList<CycleResult>> ReadCyclesAsync(JobId job, CancellationToken cancellationToken) => Task.FromResult(Cycles);

    public Task<IReadOnlyList<Finding>> ReadFindingsAsync(JobId job, int max, CancellationToken cancellationToken) => Task.FromResult(Findings);
}
