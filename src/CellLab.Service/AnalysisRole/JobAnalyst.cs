using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>The analysis of one job's cycler stream, and what of it is not stored yet.</summary>
internal sealed class JobAnalyst : ICyclingSink
{
    private readonly CyclingAnalysis _analysis;
    private readonly List<StoredCycle> _closed = [];
    private readonly List<StoredFinding> _findings = [];
    private AnalysisWrite? _last;

    public JobAnalyst(JobFacts facts, CyclingState? state)
    {
        Facts = facts;
        _analysis = new CyclingAnalysis(facts.Settings, this, state);
    }

    public JobFacts Facts { get; set; }

    public long LastSequence => _analysis.LastSequence;

    /// <summary>Records were added since the last store.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>A cycle has closed since the last store.</summary>
    public bool HasClosedCycle => _closed.Count > 0;

    /// <summary>Messages have brought records since the service was asked last.</summary>
    public bool HeardOf { get; set; }

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
                _analysis.Add(CyclingRecord.From(row));
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
            [.. _findings]);
    }

    /// <summary>The last word on an ended job whose records are all here. The state is that before the end: should the job be continued,
    /// the analysis goes on from it.</summary>
    public AnalysisWrite ToLastWrite()
    {
        if (_last is null)
        {
            string state = CyclingJson.Write(_analysis.State);
            _analysis.Finish(Facts.End);
            _last = new AnalysisWrite(Facts.Job, Streams.Cycler, LastSequence, state, Ended: true, [.. _closed], [.. _findings]);
        }

        return _last;
    }

    public void ForgetStored()
    {
        _closed.Clear();
        _findings.Clear();
        IsDirty = false;
    }

    void ICyclingSink.StepEnded(StepResult step)
    {
        // Steps are not kept: they can be had from the records by a batch.
    }

    void ICyclingSink.CycleClosed(CycleResult cycle) => _closed.Add(Stored(cycle));

    void ICyclingSink.Found(Finding finding) => _findings.Add(new StoredFinding(finding.Record, CyclingJson.Write(finding)));

    private static StoredCycle Stored(CycleResult cycle) => new(cycle.Cycle, cycle.Closed, CyclingJson.Write(cycle));
}
