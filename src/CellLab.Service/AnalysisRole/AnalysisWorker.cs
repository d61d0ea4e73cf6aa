using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Service.AnalysisRole.Companions;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>Takes runs of records in, fills holes over REST, stores, and hands results on. One thread at a time. The store is written before
/// anything is published; whatever is lost on the way here is read again from the service.</summary>
internal sealed class AnalysisWorker(
    IJobSource source, AnalysisStore store, ResultPublisher publisher, CompanionWorker companions, AnalysisRoleOptions options, Clocks clocks, ILogger logger)
{
    private readonly AnalystRoom _room = new(source, store, logger);
    private readonly AmendedResults _amended = new(store, publisher, logger);
    private List<UnpublishedItem> _backlog = [.. store.ReadUnpublished()];
    private long? _surveyedAllAt;
    private long _flushedAt = clocks.Wall.GetTimestamp();

    /// <summary>One run of one message: rows of one job and stream.</summary>
    /// <exception cref="JobSourceException">The service could not be asked; what is missing is filled later.</exception>
    public async Task TakeAsync(IncomingRun run, CancellationToken cancellationToken)
    {
        if (run.Records.Count > 0)
        {
            await TakeAsync(run.Records, cancellationToken);
            await companions.TakeAsync(run.Records, cancellationToken);
        }
        else if (run.Companions.Count > 0)
        {
            await companions.TakeAsync(run.Companions, cancellationToken);
            FlushIfDue(now: false);
        }
    }

    private async Task TakeAsync(IReadOnlyList<RecordRow> run, CancellationToken cancellationToken)
    {
        if (run[0].Stream != Streams.Cycler || _room.HasEnded(run[0].Job, run[^1].Sequence))
        {
            return;
        }

        JobAnalyst analyst = await _room.OpenAsync(run[0].Job, cancellationToken);
        await SeedAsync(analyst, cancellationToken);
        analyst.HeardOf = true;
        if (!analyst.Add(run))
        {
            options.Meter.HoleFilled();
            Log.HoleFilled(logger, analyst.Facts.Job.Value, analyst.LastSequence + 1, run[0].Sequence - 1);
            await FillAsync(analyst, run[0].Sequence - 1, cancellationToken);
            analyst.Add(run);
        }

        FlushIfDue(analyst.HasClosedCycle);
    }

    /// <summary>Asks the service which jobs are further than the messages told, and ends those that are over.</summary>
    /// <exception cref="JobSourceException">The service could not be asked.</exception>
    public async Task SurveyAsync(CancellationToken cancellationToken)
    {
        bool all = _surveyedAllAt is not { } at || clocks.Wall.GetElapsedTime(at) >= options.FullSurveyInterval;
        IReadOnlyList<JobFacts> jobs = await source.ReadJobsAsync(all, cancellationToken);
        foreach (JobFacts facts in jobs)
        {
            SendBacklog(facts);
            if (!_room.IsDone(facts))
            {
                await CatchUpAsync(facts, cancellationToken);
            }

            if (_amended.IsDue(facts))
            {
                Flush();
                _amended.Apply(facts);
            }

            await companions.SurveyAsync(facts, cancellationToken);
        }

        _surveyedAllAt = all ? clocks.Wall.GetTimestamp() : _surveyedAllAt;
    }

    public void FlushIfDue(bool now)
    {
        if (now || clocks.Wall.GetElapsedTime(_flushedAt) >= options.FlushInterval)
        {
            Flush();
        }
    }

    private async Task CatchUpAsync(JobFacts facts, CancellationToken cancellationToken)
    {
        bool known = _room.Find(facts.Job) is not null;
        if (!facts.IsFinal && !known && facts.Stored is null or 0)
        {
            return; // nothing has been measured yet
        }

        JobAnalyst analyst = _room.Open(facts);
        await SeedAsync(analyst, cancellationToken);
        bool behind = facts.Stored is not { } stored || stored > analyst.LastSequence;
        bool silent = !analyst.HeardOf;
        analyst.HeardOf = false;
        if (facts.IsFinal || (behind && silent))
        {
            await FillAsync(analyst, long.MaxValue, cancellationToken);
        }

        if (facts.IsFinal)
        {
            End(analyst);
        }
    }

    /// <summary>Records of the open cycle once more, after a new start.</summary>
    private async Task SeedAsync(JobAnalyst analyst, CancellationToken cancellationToken)
    {
        while (analyst.SeedNext is { } next)
        {
            IReadOnlyList<RecordRow> page = await source.ReadRecordsAsync(
                analyst.Facts.Job, Streams.Cycler, next, options.PageRows, cancellationToken);
            if (page.Count == 0 || page[0].Sequence != next)
            {
                throw new JobSourceException(FormattableString.Invariant($"job {analyst.Facts.Job}: asked for record {next} once more, the service does not have it"));
            }

            analyst.Seed(page);
        }
    }

    private async Task FillAsync(JobAnalyst analyst, long until, CancellationToken cancellationToken)
    {
        while (analyst.LastSequence < until)
        {
            IReadOnlyList<RecordRow> page = await source.ReadRecordsAsync(
                analyst.Facts.Job, Streams.Cycler, analyst.LastSequence + 1, options.PageRows, cancellationToken);
            if (page.Count == 0)
            {
                return;
            }

            if (!analyst.Add(page))
            {
                throw new JobSourceException(FormattableString.Invariant(
                    $"job {analyst.Facts.Job}: asked for records from {analyst.LastSequence + 1}, the service has {page[0].Sequence} next"));
            }

            FlushIfDue(analyst.HasClosedCycle);
        }
    }

    private void Flush()
    {
        List<JobAnalyst> dirty = [.. _room.All.Where(analyst => analyst.IsDirty)];
        List<AnalysisWrite> writes = [.. dirty.Select(analyst => analyst.ToWrite())];
        if (writes.Count > 0)
        {
            store.Write(writes);
        }

        foreach ((JobAnalyst analyst, AnalysisWrite write) in dirty.Zip(writes))
        {
            analyst.ForgetStored();
            publisher.Send(analyst.Facts, write);
        }

        companions.Flush();
        if (publisher.TakeAcknowledged() is { Count: > 0 } acknowledged)
        {
            store.MarkPublished(acknowledged);
        }

        _flushedAt = clocks.Wall.GetTimestamp();
    }

    private void End(JobAnalyst analyst)
    {
        AnalysisWrite last = analyst.ToLastWrite();
        store.Write([last]);
        publisher.Send(analyst.Facts, last);
        _room.Close(analyst);
        Log.AnalysisEnded(logger, analyst.Facts.Job.Value, analyst.LastSequence);
    }

    /// <summary>Closed cycles and results of an earlier start whose messages were not acknowledged.</summary>
    private void SendBacklog(JobFacts facts)
    {
        List<UnpublishedItem> unpublished = [.. _backlog.Where(item => item.Job == facts.Job)];
        foreach (UnpublishedItem item in unpublished)
        {
            publisher.Send(facts, item);
        }

        if (facts.IsFinal && unpublished.OfType<UnpublishedCycle>().LastOrDefault() is { } newest)
        {
            publisher.Announce(facts, newest.ResultJson); // nothing will come that tells a newer one
        }

        _backlog = [.. _backlog.Where(item => item.Job != facts.Job)];
    }
}
