using System.Threading.Channels;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Engine.Triggers;

/// <summary>The triggers of one job: rules on its stored rows, the handshake with the diffractometer, the records of the patterns. One task; what it is told
/// waits in a queue.</summary>
internal sealed class TriggerRunner
{
    private const int PageRows = 2000;

    private readonly Channel<TriggerInput> _inputs = Channel.CreateUnbounded<TriggerInput>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TriggerRunParts _parts;
    private readonly TriggerPlan _plan;
    private readonly CellFacts _cell;
    private readonly TriggerBook _book;
    private readonly CellPoints _points = new();
    private readonly PatternDesk _patterns;
    private readonly TriggerStationKeeper _station;
    private readonly DerivedFeed _derived;
    private TriggerRules _rules;
    private bool _jobOver;
    private CancellationToken _stopping;

    public TriggerRunner(TriggerRunParts parts)
    {
        _parts = parts;
        _plan = TriggerPlan.Of(parts.Job.Program);
        _cell = new CellFacts(parts.Job.Program, parts.Job.Base.ActiveMassMilligrams, parts.Job.Leading)
        {
            Formula = parts.Job.Formula is { } formula ? ChemicalFormula.TryParse(formula) : null,
        };
        _rules = new TriggerRules(_plan, _cell, TriggerRulesState.New);
        _derived = new DerivedFeed(_plan, parts.Job, parts.Derived);
        _book = new TriggerBook(parts.Job.Id, parts.Line.Device.Value, parts.Journal, parts.Clocks, parts.Timings, parts.Logger);
        var files = new PatternFileSearch(parts.Store, parts.Timings.PatternFile, parts.Timings.PatternUnchanged, parts.Clocks);
        _patterns = new PatternDesk(parts.Job, _book, _points, new PatternWriter(parts.Job, _cell, parts.Line, _plan, parts.ClocksOf), files, parts.Journal, parts.Clocks);
        _station = new TriggerStationKeeper(parts, _plan, _book, files);
    }

    public TriggerCounts Counts => _book.Counts;

    /// <summary>Readable from any task.</summary>
    public TriggerState State => _station.State;

    private bool IsDone => _jobOver && _station.IsIdle && !_book.Open.Any();

    public void Give(TriggerInput input) => _inputs.Writer.TryWrite(input);

    public async Task RunAsync(CancellationToken stopping)
    {
        _stopping = stopping;
        await RestoreAsync(stopping);
        while (!IsDone)
        {
            stopping.ThrowIfCancellationRequested();
            while (_inputs.Reader.TryRead(out TriggerInput? input))
            {
                await TakeAsync(input, stopping);
            }

            if (_station.NeedsPoll)
            {
                await _station.PollAsync(CommitAsync);
            }

            await _patterns.RecordAsync(_station.Exposure, _station.ToldFile, _jobOver, rows => CommitAsync(rows));
            await WaitAsync(stopping);
        }

        await _book.CommitAsync(_rules.State.ToToken(), isOpen: false, [], stopping);
        await _station.ReleaseAsync();
    }

    /// <summary>Rows that came after the last stored state are evaluated as if they came now; those before it only give points and quantities.</summary>
    private async Task RestoreAsync(CancellationToken stopping)
    {
        string? token = (await _parts.Journal.ReadTriggerMemoryAsync(_parts.Job.Id, stopping))?.Token;
        _rules = new TriggerRules(_plan, _cell, TriggerRulesState.FromToken(token));
        await _book.LoadAsync(stopping);
        await _station.RestoreAsync(CommitAsync, stopping);
        await _patterns.LoadAsync(stopping);
        await CatchUpAsync(stopping);
    }

    private async Task TakeAsync(TriggerInput input, CancellationToken stopping)
    {
        switch (input)
        {
            case RowsIn { Rows: [var first, ..] } rows:
                if (first.Sequence > _points.LastSequence + 1)
                {
                    await CatchUpAsync(stopping);
                }

                await AddAsync(rows.Rows, stopping);
                break;
            case CompanionsIn companions:
                companions.Rows.ToList().ForEach(_derived.Add);
                break;
            case ManualIn manual:
                await ByHandAsync(manual);
                break;
            case JobEndedIn ended:
                await CatchUpAsync(stopping);
                _jobOver = _station.JobOver = true;
                if (ended.AsPlanned && _rules.End() is { } last)
                {
                    await WantAsync(last);
                }

                break;
        }
    }

    private async Task CatchUpAsync(CancellationToken stopping)
    {
        IReadOnlyList<RecordRow> page;
        do
        {
            page = await _parts.Journal.ReadRecordsAsync(_parts.Job.Id, Streams.Cycler, _points.LastSequence + 1, PageRows, stopping);
            await AddAsync(page, stopping);
        }
        while (page.Count == PageRows);
    }

    private async Task AddAsync(IReadOnlyList<RecordRow> rows, CancellationToken stopping)
    {
        await _station.ArmIfDueAsync(byHand: false, CommitAsync);
        foreach (RecordRow row in rows.Where(row => row.Sequence > _points.LastSequence))
        {
            stopping.ThrowIfCancellationRequested();
            _points.Add(row);
            _derived.Add(row);
            if (_rules.Add(row, _derived.Values) is { } demand)
            {
                await WantAsync(demand, row, rows[^1]);
            }
        }

        _points.Trim(_patterns.Needed);
    }

    private Task WantAsync(TriggerDemand demand, RecordRow? shownBy = null, RecordRow? newest = null)
    {
        DateTimeOffset sample = shownBy?.Record.ReceivedAtUtc ?? _parts.Clocks.Lab.GetUtcNow();
        TriggerIntent intent = _book.Add(number => new TriggerIntent
        {
            Job = _parts.Job.Id,
            Number = number,
            Conditions = demand.Conditions,
            Policy = demand.Spec.Policy,
            Requested = demand.At,
            Times = new PatternTimes(PatternDesk.Stamp(_parts.Clocks, demand.At.AtUtc), PatternDesk.Stamp(_parts.Clocks, sample)),
        });
        return _station.WantAsync(intent, demand.Spec, newest?.Record.TakenAtUtc ?? demand.Sample.AtUtc, CommitAsync);
    }

    private async Task ByHandAsync(ManualIn manual)
    {
        await _station.ArmIfDueAsync(byHand: true, CommitAsync);
        PatternInstant now = PatternDesk.Stamp(_parts.Clocks, _parts.Clocks.Lab.GetUtcNow());
        TriggerIntent intent = _book.Add(number => new TriggerIntent
        {
            Job = _parts.Job.Id, Number = number, Conditions = [], Policy = MissedPolicy.Skip, Requested = _points.Last, By = manual.Who, Times = new PatternTimes(now, now),
        });
        await _station.WantAsync(intent, new TriggerSpec { Id = "manual", Conditions = [] }, now.AtUtc, CommitAsync);
        manual.Answer.TrySetResult(_book.Find(intent.Id));
    }

    private Task CommitAsync() => CommitAsync([]);

    /// <summary>What a store refuses is tried again until the service ends: a full disk must not keep it from ending.</summary>
    private Task CommitAsync(IReadOnlyList<CompanionRow> patterns) => _book.CommitAsync(_rules.State.ToToken(), isOpen: true, patterns, _stopping);

    private async Task WaitAsync(CancellationToken stopping)
    {
        if (IsDone)
        {
            return;
        }

        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task input = _inputs.Reader.WaitToReadAsync(woken.Token).AsTask();
        TimeSpan? pause = _station.NeedsPoll ? _station.PollPause : _book.Open.Any() ? TriggerStationKeeper.SlowPause : null;
        await Task.WhenAny(input, Task.Delay(pause ?? Timeout.InfiniteTimeSpan, _parts.Clocks.Wall, woken.Token));
        await woken.CancelAsync();
    }
}
