using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/capacity</c>: the newest cycle and what is left of the first one, for whoever watches many jobs at once.</summary>
internal static class CapacityEndpoint
{
    public static void MapCapacity(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/capacity", ReadAsync).WithSummary("The newest complete cycle and its retention within its block");

    private static async Task<CapacityView> ReadAsync(string id, IJournal journal, ICycleSource source, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return Of(job.Id, await CycleReading.ReadAsync(job, journal, source, cancellationToken));
    }

    /// <summary>Retention is the newest discharge over that of the first complete cycle of the same block at the same rate: other rates give other
    /// capacities without any loss.</summary>
    internal static CapacityView Of(JobId job, IReadOnlyList<CycleView> cycles)
    {
        List<CycleView> complete = [.. cycles.Where(cycle => cycle.Complete)];
        CycleView? newest = complete is [.., var last] ? last : null;
        CycleView? first = newest is null ? null : complete.First(cycle => cycle.Block == newest.Block && cycle.RateC == newest.RateC);
        double? retention = first?.DischargeMahG > 0 ? 100 * newest!.DischargeMahG / first.DischargeMahG : null;
        return new CapacityView(job.Value, cycles.Count, newest ?? (cycles is [.., var open] ? open : null), first?.Cycle, retention);
    }
}

/// <param name="Cycles">Cycles found so far, the open one included.</param>
/// <param name="Newest">The newest complete cycle; the open one while there is none.</param>
/// <param name="ReferenceCycle">The cycle that the retention refers to.</param>
internal sealed record CapacityView(string Job, int Cycles, CycleView? Newest, int? ReferenceCycle, double? RetentionPercent);
