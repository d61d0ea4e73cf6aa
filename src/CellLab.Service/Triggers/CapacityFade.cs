using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>100 % less the retention of the newest complete cycle against the first of its block and rate (<see cref="FadeTable"/>).</summary>
internal sealed class CapacityFade : IDerivedQuantity, ICyclingSink
{
    private readonly CyclingAnalysis _analysis;
    private readonly CellFigures _figures;
    private readonly List<CycleView> _cycles = [];
    private double? _fade;

    public CapacityFade(Job job)
    {
        _figures = new CellFigures(job.Base, job.Leading);
        _analysis = new CyclingAnalysis(new CyclingSettings(job.Base.OneCAmperes, job.Leading, job.Program.LongestIntervalSeconds), this);
    }

    public double? Next(RecordRow row)
    {
        if (row.Sequence == _analysis.LastSequence + 1)
        {
            _analysis.Add(CyclingRecord.From(row));
        }

        return _fade;
    }

    public double? Next(CompanionRow row) => _fade;

    public void CycleClosed(CycleResult cycle)
    {
        _cycles.Add(cycle.ToView(_figures));
        FadeSummary? block = FadeTable.Of(_cycles).Blocks.FirstOrDefault(found => found.LastCycle == _cycles[^1].Cycle);
        _fade = block is null ? _fade : 100 - block.RetentionFirstPercent;
    }

    public void StepEnded(StepResult step)
    {
        // only whole cycles count
    }

    public void Found(Finding finding)
    {
        // told by the analysis role, which sees the same rows
    }
}
