using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>The analyses of one job's cycler stream, and what of them is not stored yet.</summary>
internal sealed class JobAnalyst : ICyclingSink
{
    /// <summary>So far back a pulse may have begun whose rest belongs to the cycle before.</summary>
    private const int RowsBeforeCycle = 2000;

    private readonly CyclingAnalysis _analysis;
    private readonly List<StoredCycle> _closed = [];
    private readonly List<StoredFinding> _findings = [];
    private readonly CycleAnalyses _more;
    private readonly long _openCycleFrom;
    private readonly long _seedLast;
    private JobFacts _facts;
    private long _seedNext;
    private AnalysisWrite? _last;
    private (int Segment, int StepCount)? _seededStep;

    /// <param name="state">Where an earlier start stopped.</param>
    /// <param name="closed">Closed cycles of an earlier start; <paramref name="before"/> is the dQ/dV of the last.</param>
    public JobAnalyst(JobFacts facts, CyclingState? state, IReadOnlyList<CycleResult> closed, CycleCurve? before)
    {
        _facts = facts;
        _openCycleFrom = Math.Max(1, state?.Cycle.FirstRecord is > 0 and var first ? first : state?.Step?.FirstRecord ?? 1);
        _seedNext = Math.Max(1, _openCycleFrom - RowsBeforeCycle);
        _seedLast = state?.LastSequence ?? 0;
        _analysis = new CyclingAnalysis(facts.Settings, this, state);
        _more = new CycleAnalyses(facts, closed, before);
    }

    /// <summary>From this record on the open cycle is to be given once more to <see cref="Seed"/> before new ones are added: what the analyses beside
    /// the sums know of it is not stored. Null when nothing is left to give.</summary>
    public long? SeedNext => _seedNext <= _seedLast ? _seedNext : null;

    public JobFacts Facts
    {
        get => _facts;
        set
        {
            _facts = value;
            _more.Amend(value);
        }
    }

    public long LastSequence => _analysis.LastSequence;

    /// <summary>Records were added since the last store.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>A cycle has closed since the last store.</summary>
    public bool HasClosedCycle => _closed.Count > 0;

    /// <summary>Messages have brought records since the service was asked last.</summary>
    public bool HeardOf { get; set; }

    public void Seed(IReadOnlyList<RecordRow> rows)
    {
        foreach (RecordRow row in rows.Where(row => row.Sequence >= _seedNext && row.Sequence <= _seedLast))
        {
            _seedNext = row.Sequence + 1;
            if (row.Sequence < _openCycleFrom)
            {
                _more.AddPulseAgain(row);
                continue;
            }

            (int, int) step = (row.Segment, row.Record.StepCount);
            if (_seededStep is { } before && before != step)
            {
                _more.StepEnded();
            }

            _seededStep = step;
            _more.AddAgain(row);
        }
    }

    /// <summary>Adds the rows that are new.</summary>
    /// <returns>False where rows are missing in between: none from there on was added.</returns>
    public bool Add(IReadOnlyList<RecordRow> rows)
    {
        foreach (RecordRow row in rows)
        {
            if (row.Sequence > LastSequence + 1)
            {
                return false;
            }

            if (row.Sequence == LastSequence + 1)
            {
                CyclingRecord record = CyclingRecord.From(row);
                _more.Add(record, _analysis.Add(record), row.TestTimeSeconds);
                IsDirty = true;
            }
        }

        return true;
    }

    /// <summary>What is to be stored now; the open cycle comes last.</summary>
    public AnalysisWrite ToWrite()
    {
        CycleResult? open = _analysis.Current(DataEnd.StillRunning);
        return new AnalysisWrite(
            Facts.Job,
            Streams.Cycler,
            LastSequence,
            CyclingJson.Write(_analysis.State),
            Ended: false,
            open is null ? [.. _closed] : [.. _closed, Stored(open)],
            [.. _findings])
        {
            Results = _more.News,
        };
    }

    /// <summary>The last word on an ended job whose records are all here. The state is that before the end: should the job be continued,
    /// the analysis goes on from it.</summary>
    public AnalysisWrite ToLastWrite()
    {
        if (_last is null)
        {
            string state = CyclingJson.Write(_analysis.State);
            _analysis.Finish(Facts.End);
            _more.Finish();
            _last = new AnalysisWrite(Facts.Job, Streams.Cycler, LastSequence, state, Ended: true, [.. _closed], [.. _findings]) { Results = _more.News };
        }

        return _last;
    }

    public void ForgetStored()
    {
        _closed.Clear();
        _findings.Clear();
        _more.ForgetNews();
        IsDirty = false;
    }

    /// <summary>The sums of steps are not kept: they can be had from the records by a batch.</summary>
    void ICyclingSink.StepEnded(StepResult step) => _more.StepEnded();

    void ICyclingSink.CycleClosed(CycleResult cycle)
    {
        _closed.Add(Stored(cycle));
        _more.CycleClosed(cycle, Facts.Figures);
    }

    void ICyclingSink.Found(Finding finding) => _findings.Add(new StoredFinding(finding.Record, CyclingJson.Write(finding)));

    private static StoredCycle Stored(CycleResult cycle) => new(cycle.Cycle, cycle.Closed, CyclingJson.Write(cycle));
}
