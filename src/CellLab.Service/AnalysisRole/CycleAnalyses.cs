using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Analysis.Gitt;
using CellLab.Core.Records;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>The analyses that live on the cycler's records beside the sums of cycles: dQ/dV and fade with every closed cycle, GITT with every pulse.</summary>
internal sealed class CycleAnalyses
{
    public const string DqDv = "dqdv";
    public const string Life = "life";
    public const string Gitt = "gitt";

    /// <summary>Rest is told from current by this share of 1C: an instrument's offset is smaller, the slowest rates in use are larger.</summary>
    private const double RestShareOfOneC = 0.005;

    private readonly Dictionary<(string Kind, int Item), StoredResult> _news = [];
    private readonly List<CycleResult> _closed;
    private readonly CycleCurves _curves;
    private readonly GittSeries _pulses;

    /// <param name="closed">Closed cycles of an earlier start.</param>
    /// <param name="before">dQ/dV of the last of them.</param>
    public CycleAnalyses(JobFacts facts, IReadOnlyList<CycleResult> closed, CycleCurve? before)
    {
        _closed = [.. closed];
        _curves = new CycleCurves(facts.Settings, before);
        _pulses = new GittSeries(RestShareOfOneC * facts.SubmitBase.OneCAmperes, PaperCell.Gitt(facts));
    }

    /// <summary>Results since the last store.</summary>
    public IReadOnlyList<StoredResult> News => [.. _news.Values];

    /// <summary>The sample's figures have been amended: they hold for what comes.</summary>
    public void Amend(JobFacts facts) => _pulses.Inputs = PaperCell.Gitt(facts);

    public void ForgetNews() => _news.Clear();

    /// <summary>The next record, after the analysis of cycles has taken it.</summary>
    /// <param name="moved">What that told; null where it passed the record over.</param>
    public void Add(in CyclingRecord record, MovedCharge? moved, double testSeconds)
    {
        if (moved is { } charge)
        {
            _curves.Add(charge);
        }

        Keep(_pulses.Add(record, testSeconds));
    }

    /// <summary>A record that was analysed before this start, for the pulses alone: its results are stored.</summary>
    public void AddPulseAgain(RecordRow row) => _pulses.Add(CyclingRecord.From(row), row.TestTimeSeconds);

    /// <summary>A record of the open cycle that was analysed before this start.</summary>
    public void AddAgain(RecordRow row)
    {
        AddPulseAgain(row);
        _curves.AddAgain(CyclingRecord.From(row));
    }

    public void StepEnded() => _curves.StepEnded();

    public void CycleClosed(CycleResult cycle, CellFigures figures)
    {
        Keep(new StoredResult(DqDv, cycle.Cycle, _curves.Close(cycle).ToJson()));
        _closed.RemoveAll(known => known.Cycle >= cycle.Cycle); // a job that was continued closes its last cycle again
        _closed.Add(cycle);
        Keep(new StoredResult(Life, 0, FadeTable.Of(_closed.Select(result => result.ToView(figures))).ToJson()));
    }

    public void Finish() => Keep(_pulses.Finish());

    private void Keep(GittPulseResult? pulse)
    {
        if (pulse is not null)
        {
            Keep(new StoredResult(Gitt, (int)pulse.FirstRecord, pulse.ToJson()));
        }
    }

    private void Keep(StoredResult result) => _news[(result.Kind, result.Item)] = result;
}
