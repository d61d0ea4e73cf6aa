namespace CellLab.Analysis.Cycling;

/// <summary>Everything about a finished set of records at once, by the same code that analyses while the test runs.</summary>
public sealed class CyclingBatch : ICyclingSink
{
    private readonly List<StepResult> _steps = [];
    private readonly List<CycleResult> _cycles = [];
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<StepResult> Steps => _steps;

    public IReadOnlyList<CycleResult> Cycles => _cycles;

    public IReadOnlyList<Finding> Findings => _findings;

    public static CyclingBatch Run(IEnumerable<CyclingRecord> records, CyclingSettings settings, DataEnd end)
    {
        var batch = new CyclingBatch();
        var analysis = new CyclingAnalysis(settings, batch);
        foreach (CyclingRecord record in records)
        {
            analysis.Add(record);
        }

        analysis.Finish(end);
        return batch;
    }

    void ICyclingSink.StepEnded(StepResult step) => _steps.Add(step);

    void ICyclingSink.CycleClosed(CycleResult cycle) => _cycles.Add(cycle);

    void ICyclingSink.Found(Finding finding) => _findings.Add(finding);
}
