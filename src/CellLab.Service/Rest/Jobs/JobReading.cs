using CellLab.Analysis.Cycling;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs...</c>: everything about jobs that changes nothing.</summary>
internal static class JobReading
{
    public static void MapJobReading(this RouteGroupBuilder api)
    {
        api.MapGet("/jobs", ListAsync).WithSummary("Live jobs and the newest ended ones; all with ?all=true");
        api.MapGet("/jobs/{id}", ReadAsync).WithSummary("One job by its id or the beginning of it");
        api.MapGet("/jobs/{id}/cycles", CyclesAsync).WithSummary("Cycles found so far, per gram of active material");
        api.MapGet("/jobs/{id}/events", EventsAsync).WithSummary("What happened, in order");
        api.MapGet("/jobs/{id}/step-times", StepTimesAsync).WithSummary("Executed steps whose start and length are final");
    }

    private static async Task<JobList> ListAsync(IJournal journal, JobPresenter presenter, CancellationToken cancellationToken, bool all = false)
    {
        IReadOnlyList<Job> jobs = await journal.ReadJobsAsync(cancellationToken);
        List<Job> newestFirst = [.. jobs.OrderByDescending(job => job.SubmittedAtUtc)];
        IEnumerable<Job> ended = newestFirst.Where(job => job.State.IsFinal());
        List<Job> shown = [.. newestFirst.Where(job => !job.State.IsFinal()), .. all ? ended : ended.Take(RestLimits.EndedJobsListed)];
        return new JobList(await presenter.SummariesAsync(shown, cancellationToken), jobs.Count);
    }

    private static async Task<JobView> ReadAsync(string id, IJournal journal, JobPresenter presenter, CancellationToken cancellationToken) =>
        await presenter.ViewAsync(await JobFinder.FindAsync(journal, id, cancellationToken), cancellationToken);

    private static async Task<CycleList> CyclesAsync(string id, IJournal journal, ICycleSource source, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        IReadOnlyList<CycleView> cycles = await CycleReading.ReadAsync(job, journal, source, cancellationToken);
        IReadOnlyList<Finding> findings = await source.ReadFindingsAsync(job.Id, RestLimits.MaxFindings, cancellationToken);
        return new CycleList(job.Id.Value, cycles, RateTable.Of(cycles), findings);
    }

    private static async Task<EventList> EventsAsync(
        string id, IJournal journal, CancellationToken cancellationToken, long after = 0, int max = RestLimits.MaxEvents, string? kind = null)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        int most = Bounds.Within("max", max, RestLimits.MaxEvents);
        long from = Bounds.NotNegative("after", after);
        IReadOnlyList<JobEvent> events = kind is null
            ? await journal.ReadEventsAsync(job.Id, from, most, cancellationToken)
            : await OfKindsAsync(journal, job, from, most, kind.Split(','), cancellationToken);
        return new EventList([.. events.Select(EventView.Of)]);
    }

    private static async Task<IReadOnlyList<JobEvent>> OfKindsAsync(
        IJournal journal, Job job, long after, int max, string[] kinds, CancellationToken cancellationToken)
    {
        var found = new List<JobEvent>();
        while (found.Count < max && await journal.ReadEventsAsync(job.Id, after, RestLimits.MaxEvents, cancellationToken) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(item => kinds.Contains(item.Kind)));
            after = page[^1].Number;
        }

        return found.Count > max ? found[..max] : found;
    }

    private static async Task<StepTimeList> StepTimesAsync(
        string id, IJournal journal, CancellationToken cancellationToken, string stream = Streams.Cycler)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        IReadOnlyList<StoredStepTime> steps = await journal.ReadStepTimesAsync(job.Id, stream, cancellationToken);
        return new StepTimeList(job.Id.Value, stream, [.. steps.Select(StepTimeView.Of)]);
    }
}

internal sealed record JobList(IReadOnlyList<JobSummary> Jobs, int Total);

/// <summary>The cycles, their summary by block and rate, and what is odd about the records.</summary>
internal sealed record CycleList(
    string Job, IReadOnlyList<CycleView> Cycles, IReadOnlyList<BlockSummary> Blocks, IReadOnlyList<Finding> Findings);

internal sealed record StepTimeList(string Job, string Stream, IReadOnlyList<StepTimeView> StepTimes);

/// <summary>Start and length in s since the start of the segment; records by the instrument's own numbers.</summary>
internal sealed record StepTimeView(int Segment, int StepCount, int StepId, double StartS, double DurationS, long FirstRecord, long LastRecord)
{
    public static StepTimeView Of(StoredStepTime stored) => new(
        stored.Segment, stored.Step.StepCount, stored.Step.StepId, stored.Step.StartSeconds, stored.Step.DurationSeconds,
        stored.Step.FirstRecord, stored.Step.LastRecord);
}
