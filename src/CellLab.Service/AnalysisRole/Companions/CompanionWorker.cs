using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>Hands the rows of the instruments beside the cycler to their analyses, in order and without a hole: live from messages, what is
/// missing over REST. One thread at a time.</summary>
internal sealed class CompanionWorker(
    IJobSource source, AnalysisStore store, ResultPublisher publisher, AnalysisRoleOptions options, IReadOnlyList<CompanionAnalysis> analyses, ILogger logger)
{
    private readonly Dictionary<(JobId Job, string Lead), CompanionSeat> _seats = [];
    private readonly Dictionary<(JobId Job, string Lead), (long Last, string State)> _ended = [];

    /// <summary>One run of one message: rows of one job and stream.</summary>
    /// <exception cref="JobSourceException">The service could not be asked; what is missing is filled later.</exception>
    public async Task TakeAsync(IReadOnlyList<CompanionRow> run, CancellationToken cancellationToken)
    {
        (JobId job, string stream, long last) = (run[0].Job, run[0].Stream, run[^1].Sequence);
        foreach (CompanionAnalysis analysis in analyses.Where(analysis => analysis.Lead == stream))
        {
            if (!_seats.ContainsKey((job, stream)) && !(_ended.TryGetValue((job, stream), out (long Last, string State) known) && last <= known.Last))
            {
                Open(analysis, await source.ReadJobAsync(job, cancellationToken));
            }
        }

        foreach (CompanionSeat seat in SeatsOf(job, stream))
        {
            await AddAsync(seat, stream, run[0].Sequence, () => seat.Add(run), cancellationToken);
        }
    }

    /// <summary>The same for rows of the cycler, for the analyses that have begun.</summary>
    /// <exception cref="JobSourceException">The service could not be asked; what is missing is filled later.</exception>
    public async Task TakeAsync(IReadOnlyList<RecordRow> run, CancellationToken cancellationToken)
    {
        foreach (CompanionSeat seat in SeatsOf(run[0].Job, run[0].Stream))
        {
            await AddAsync(seat, run[0].Stream, run[0].Sequence, () => seat.Add(run), cancellationToken);
        }
    }

    /// <summary>Catches up with jobs that are further than the messages told, and ends those that are over.</summary>
    /// <exception cref="JobSourceException">The service could not be asked.</exception>
    public async Task SurveyAsync(JobFacts facts, CancellationToken cancellationToken)
    {
        foreach (CompanionAnalysis analysis in analyses.Where(analysis => facts.StoredOf(analysis.Lead) > 0 && !IsDone(analysis, facts)))
        {
            CompanionSeat seat = Open(analysis, facts);
            await seat.AskAsync(source, cancellationToken);
            bool silent = !seat.HeardOf;
            seat.HeardOf = false;
            if (facts.IsFinal || (silent && analysis.Streams.Any(stream => facts.StoredOf(stream) > seat.LastOf(stream))))
            {
                await CatchUpAsync(seat, cancellationToken);
            }

            if (facts.IsFinal)
            {
                End(seat);
            }
        }
    }

    public void Flush()
    {
        foreach (CompanionSeat seat in _seats.Values.Where(seat => seat.IsDirty))
        {
            Store(seat, ended: false);
        }
    }

    private CompanionSeat[] SeatsOf(JobId job, string stream) => [.. _seats.Values.Where(seat => seat.Facts.Job == job && seat.Reads(stream))];

    private CompanionSeat Open(CompanionAnalysis analysis, JobFacts facts)
    {
        if (_seats.TryGetValue((facts.Job, analysis.Lead), out CompanionSeat? known))
        {
            known.Facts = facts;
            return known;
        }

        _ended.Remove((facts.Job, analysis.Lead));
        var seat = new CompanionSeat(analysis, facts, store.ReadCursor(facts.Job, analysis.Lead)?.Sequence ?? 0, logger);
        _seats.Add((facts.Job, analysis.Lead), seat);
        return seat;
    }

    private bool IsDone(CompanionAnalysis analysis, JobFacts facts)
    {
        if (!facts.IsFinal || _seats.ContainsKey((facts.Job, analysis.Lead)))
        {
            return false;
        }

        if (!_ended.ContainsKey((facts.Job, analysis.Lead))
            && store.ReadCursor(facts.Job, analysis.Lead) is { Ended: true } cursor)
        {
            _ended.Add((facts.Job, analysis.Lead), (cursor.Sequence, cursor.StateJson));
        }

        return _ended.TryGetValue((facts.Job, analysis.Lead), out (long Last, string State) ended) && ended.Last >= facts.StoredOf(analysis.Lead) && ended.State == analysis.StateOf(facts);
    }

    private async Task AddAsync(CompanionSeat seat, string stream, long first, Func<bool> add, CancellationToken cancellationToken)
    {
        seat.HeardOf = true;
        if (!add())
        {
            long from = seat.LastOf(stream) + 1;
            Log.HoleFilled(logger, seat.Facts.Job.Value, from, first - 1);
            await FillAsync(seat, stream, first - 1, cancellationToken);
            add();
        }
    }

    private async Task CatchUpAsync(CompanionSeat seat, CancellationToken cancellationToken)
    {
        foreach (string stream in seat.Analysis.Streams)
        {
            await FillAsync(seat, stream, long.MaxValue, cancellationToken);
        }
    }

    private async Task FillAsync(CompanionSeat seat, string stream, long until, CancellationToken cancellationToken)
    {
        while (seat.LastOf(stream) < until)
        {
            long next = seat.LastOf(stream) + 1;
            bool whole = stream == Streams.Cycler
                ? seat.Add(await source.ReadRecordsAsync(seat.Facts.Job, stream, next, options.PageRows, cancellationToken))
                : seat.Add(await source.ReadCompanionsAsync(seat.Facts.Job, stream, next, options.PageRows, cancellationToken));
            if (!whole)
            {
                throw new JobSourceException(FormattableString.Invariant(
                    $"job {seat.Facts.Job}, stream {stream}: asked for rows from {next}, the service has only later ones"));
            }

            if (seat.LastOf(stream) < next)
            {
                return;
            }
        }
    }

    private void End(CompanionSeat seat)
    {
        seat.Finish();
        Store(seat, ended: true);
        _seats.Remove((seat.Facts.Job, seat.Analysis.Lead));
        _ended[(seat.Facts.Job, seat.Analysis.Lead)] = (seat.LastOf(seat.Analysis.Lead), seat.State);
    }

    /// <summary>A result that came out as it is stored is not told again.</summary>
    private void Store(CompanionSeat seat, bool ended)
    {
        AnalysisWrite write = seat.TakeWrite(ended);
        write = write with
        {
            Results = [.. write.Results.Where(result => store.ReadResult(write.Job, result.Kind, result.Item)?.ResultJson != result.ResultJson)],
        };
        store.Write([write]);
        publisher.Send(seat.Facts, write);
    }
}
