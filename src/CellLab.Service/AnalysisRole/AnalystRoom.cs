using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>The analysts of all live jobs, taken up from the store where one was there before. One thread at a time.</summary>
internal sealed class AnalystRoom(IJobSource source, AnalysisStore store, ILogger logger)
{
    private readonly Dictionary<JobId, JobAnalyst> _analysts = [];
    private readonly Dictionary<JobId, long> _ended = [];

    public IEnumerable<JobAnalyst> All => _analysts.Values;

    public JobAnalyst? Find(JobId job) => _analysts.GetValueOrDefault(job);

    /// <summary>The job is over and its records up to there are analysed: messages about them are repeats.</summary>
    public bool HasEnded(JobId job, long sequence) => _ended.TryGetValue(job, out long last) && sequence <= last;

    /// <exception cref="JobSourceException">The service does not tell about the job now.</exception>
    public async Task<JobAnalyst> OpenAsync(JobId job, CancellationToken cancellationToken) =>
        Find(job) ?? Open(await source.ReadJobAsync(job, cancellationToken));

    public JobAnalyst Open(JobFacts facts)
    {
        if (_analysts.TryGetValue(facts.Job, out JobAnalyst? known))
        {
            known.Facts = facts;
            return known;
        }

        _ended.Remove(facts.Job);
        CyclingState? state = ReadState(facts.Job);
        List<CycleResult> closed = [.. store.ReadCycles(facts.Job, Streams.Cycler).Where(cycle => cycle.Closed).Select(cycle => CyclingJson.ReadCycle(cycle.ResultJson))];
        closed.RemoveAll(cycle => cycle.Cycle >= (state?.Cycle.Number ?? 0));
        var analyst = new JobAnalyst(facts, state, closed, closed.Count > 0 ? CurveOf(facts.Job, closed[^1].Cycle) : null);
        _analysts.Add(facts.Job, analyst);
        Log.AnalysisOpened(logger, facts.Job.Value, analyst.LastSequence);
        return analyst;
    }

    /// <summary>Whether nothing is left to do for this job.</summary>
    public bool IsDone(JobFacts facts)
    {
        if (!facts.IsFinal || _analysts.ContainsKey(facts.Job))
        {
            return false;
        }

        if (!_ended.ContainsKey(facts.Job) && store.ReadCursor(facts.Job, Streams.Cycler) is { Ended: true } cursor && IsCurrent(cursor))
        {
            _ended.Add(facts.Job, cursor.Sequence);
        }

        return _ended.ContainsKey(facts.Job);
    }

    public void Close(JobAnalyst analyst)
    {
        _analysts.Remove(analyst.Facts.Job);
        _ended[analyst.Facts.Job] = analyst.LastSequence;
    }

    private CycleCurve? CurveOf(JobId job, int cycle) =>
        store.ReadResult(job, CycleAnalyses.DqDv, cycle) is { } stored && CycleCurve.FromJson(stored.ResultJson) is { Method: DqDvCurve.MethodVersion } curve ? curve : null;

    private static bool IsCurrent(AnalysisCursor cursor) => CyclingJson.ReadState(cursor.StateJson) is not null;

    private CyclingState? ReadState(JobId job)
    {
        if (store.ReadCursor(job, Streams.Cycler) is not { } cursor)
        {
            return null;
        }

        CyclingState? state = CyclingJson.ReadState(cursor.StateJson);
        if (state is null)
        {
            Log.MethodChanged(logger, job.Value, CyclingState.MethodVersion);
            store.Clear(job, Streams.Cycler);
        }

        return state;
    }
}
