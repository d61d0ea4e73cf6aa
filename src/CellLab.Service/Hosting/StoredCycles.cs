using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Service.Rest.Jobs;
using CellLab.Storage.Analysis;

namespace CellLab.Service.Hosting;

/// <summary>Cycles out of <c>analysis.db</c>, which the analysis role writes, here or in another process.</summary>
internal sealed class StoredCycles(AnalysisReader reader) : ICycleSource
{
    public Task<long?> CountAnalysedAsync(Job job, string stream, CancellationToken cancellationToken) =>
        Task.Run(() => Count(job, stream), cancellationToken);

    public Task<IReadOnlyList<CycleResult>> ReadCyclesAsync(JobId job, CancellationToken cancellationToken) => Task.Run(
        IReadOnlyList<CycleResult> () => [.. reader.ReadCycles(job, Streams.Cycler).Select(stored => CyclingJson.ReadCycle(stored.ResultJson))],
        cancellationToken);

    public Task<IReadOnlyList<Finding>> ReadFindingsAsync(JobId job, int max, CancellationToken cancellationToken) => Task.Run(
        IReadOnlyList<Finding> () => [.. reader.ReadFindings(job, Streams.Cycler, max).Select(stored => CyclingJson.ReadFinding(stored.FindingJson))],
        cancellationToken);

    public Task<IReadOnlyList<StoredResult>> ReadResultsAsync(JobId job, string kind, CancellationToken cancellationToken) =>
        Task.Run(() => reader.ReadResults(job, kind), cancellationToken);

    private long? Count(Job job, string stream)
    {
        long? seen = reader.CountAnalysed(job.Id, stream);
        return seen > 0 && job.State.IsFinal() && !reader.HasEnded(job.Id, stream) ? seen - 1 : seen;
    }
}
