using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Core.Samples;

namespace CellLab.Benchmarks.Analysis;

/// <summary>What the analysis of a job does with every record, and with every cycle that closes.</summary>
internal sealed class LiveRun : ICyclingSink
{
    private readonly CyclingAnalysis _analysis;
    private readonly CycleCurves _curves;
    private readonly List<CycleView> _views = [];
    private readonly CellFigures _figures = new(new Core.Units.CRateBase(250, 2), LeadingDirection.Charge);
    private readonly bool _publishes;

    /// <param name="publishes">With the fade of all cycles so far and both as JSON, whenever a cycle closes.</param>
    public LiveRun(CyclingSettings settings, bool publishes) =>
        (_analysis, _curves, _publishes) = (new CyclingAnalysis(settings, this), new CycleCurves(settings), publishes);

    public void Add(ReadOnlySpan<CyclingRecord> records)
    {
        foreach (ref readonly CyclingRecord record in records)
        {
            if (_analysis.Add(record) is { } moved)
            {
                _curves.Add(moved);
            }
        }
    }

    public void StepEnded(StepResult step) => _curves.StepEnded();

    public void CycleClosed(CycleResult cycle)
    {
        CycleCurve curve = _curves.Close(cycle);
        _views.Add(cycle.ToView(_figures));
        if (_publishes)
        {
            _ = curve.ToJson();
            _ = FadeTable.Of(_views).ToJson();
        }
    }

    public void Found(Finding finding) => throw new InvalidOperationException(finding.ToString());
}
