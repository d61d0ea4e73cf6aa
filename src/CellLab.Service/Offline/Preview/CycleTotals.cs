using CellLab.Core.Cycles;
using CellLab.Core.Programs;
using CellLab.Core.Samples;

namespace CellLab.Service.Offline.Preview;

/// <summary>Sums executed steps up to cycles, counted as the analysis counts them (whole steps, leading charge).</summary>
/// <param name="activeMassMilligrams">Null where it is not known: then there are no specific capacities.</param>
internal sealed class CycleTotals(double nominalAmpereHours, double? activeMassMilligrams)
{
    private readonly CycleCounter _counter = new(nominalAmpereHours, LeadingDirection.Charge);
    private readonly SortedDictionary<int, (string Block, double Charge, double Discharge)> _cycles = [];

    public IReadOnlyList<PreviewedCycle> Rows =>
        [.. _cycles.Where(cycle => cycle.Key > 0).Select(cycle => Row(cycle.Key, cycle.Value.Block, cycle.Value.Charge, cycle.Value.Discharge))];

    public void Add(StepEnding ending)
    {
        int cycle = _counter.CountOfStep(ending.AmpereHours);
        (string block, double charge, double discharge) = _cycles.GetValueOrDefault(cycle, (ending.Step.Block, 0, 0));
        _cycles[cycle] = ending.AmpereHours > 0
            ? (block, charge + ending.AmpereHours, discharge)
            : (block, charge, discharge - ending.AmpereHours);
    }

    private PreviewedCycle Row(int cycle, string block, double charge, double discharge) => new(cycle, block, Specific(charge), Specific(discharge))
    {
        ChargeMah = charge > 0 ? charge * 1e3 : null,
        DischargeMah = discharge > 0 ? discharge * 1e3 : null,
    };

    /// <summary>Ah to mAh/g: 1 Ah / 1 mg = 1e6 mAh/g.</summary>
    private double? Specific(double ampereHours) => ampereHours > 0 ? ampereHours * 1e6 / activeMassMilligrams : null;
}
