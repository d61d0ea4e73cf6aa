using CellLab.Analysis.Cycling;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>Keeps what an analysis says.</summary>
internal sealed class CyclingBatchSink : ICyclingSink
{
    public List<StepResult> Steps { get; } = [];

    public List<CycleResult> Cycles { get; } = [];

    public List<Finding> Findings { get; } = [];

    public void StepEnded(StepResult step) => Steps.Add(step);

    public void CycleClosed(CycleResult cycle) => Cycles.Add(cycle);

    public void Found(Finding finding) => Findings.Add(finding);
}
