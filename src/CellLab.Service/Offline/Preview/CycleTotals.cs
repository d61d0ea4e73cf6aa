using CellLab.Core.Cycles;
using CellLab.Core.Programs;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Service.Offline.Preview;

/// <summary>Sums executed steps up to cycles, counted as the analysis counts them (whole steps, leading charge).</summary>
internal sealed class CycleTotals(CRateBase rateBase)
{
    private readonly CycleCounter _counter = new(rateBase.OneCAmperes, LeadingDirection.Charge);
    private readonly SortedDictionary<int, (string Block, double Charge, double Discharge)> _cycles = [];

    public IReadOnlyList<PreviewedCycle> Rows =>
        [.. _cycles.Where(cycle => cycle.Key > 0).Select(cycle => new PreviewedCycle(
            cycle.Key, cycle.Value.Block, Specific(cycle.Value.Charge), Specific(cycle.Value.Discharge)))];

    public void Add(StepEnding ending)
    {
        int cycle = _counter.CountOfStep(ending.AmpereHours);
        (string block, double charge, double discharge) = _cycles.GetValueOrDefault(cycle, (ending.Step.Block, 0, 0));
        _cycles[cycle] = ending.AmpereHours > 0
            ? (block, charge + ending.AmpereHours, discharge)
            : (block, charge, discharge - ending.AmpereHours);
    }

    /// <summary>Ah to mAh/g: 1 Ah / 1 mg = 1e6 mAh/g.</summary>
    private double? Specific(double ampereHours) => ampereHours > 0 ? ampereHours * 1e6 / rateBase.ActiveMassMilligrams : null;
}
