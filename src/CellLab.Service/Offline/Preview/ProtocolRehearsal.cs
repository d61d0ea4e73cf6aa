using CellLab.CellModel;
using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Service.Offline.Preview;

/// <summary>Plays a compiled program on the cell model before a cell is touched.</summary>
public static class ProtocolRehearsal
{
    /// <summary>A step without a time end that takes longer than this on the model is taken for one that never ends.</summary>
    private const double LongestStepSeconds = 60 * 86400;

    /// <summary>Measured: a moved record with its share of indexes (docs: benchmarks).</summary>
    private const double BytesPerRecord = 160;

    /// <summary>Names of the cells that can be played on.</summary>
    public static IReadOnlyCollection<string> Cells => Materials.Names;

    /// <param name="material">One of <see cref="Cells"/>, in any case.</param>
    /// <exception cref="ArgumentException">No such cell; the message lists those there are.</exception>
    /// <exception cref="StepNeverEndsException">The cell reaches no end of a step; the message names it.</exception>
    public static ProtocolPreview Play(CellProgram program, string material, CRateBase rateBase, CancellationToken cancellationToken)
    {
        double peak = PeakAmperes(program);
        var virtualCell = new ModelCell(Materials.Get(material), rateBase.ActiveMassMilligrams, Math.Max(peak, rateBase.OneCAmperes));
        var steps = new StepTotals(program);
        var cycles = new CycleTotals(rateBase);
        StepEnding? last = null;
        foreach (StepEnding ending in new DryRun(program).Play(virtualCell, LongestStepSeconds, cancellationToken))
        {
            steps.Add(ending);
            cycles.Add(ending);
            last = ending;
        }

        long records = steps.Records;
        return new ProtocolPreview(
            $"played on the simulated cell '{material}', {rateBase.ActiveMassMilligrams:0.###} mg, fresh; a real cell differs",
            last?.CrossedAtSeconds ?? 0,
            steps.HighestVolts,
            steps.LowestVolts,
            peak * 1e3,
            records,
            (long)(records * BytesPerRecord),
            last?.Cause == EndCause.Limit ? $"step {last.Step.Number} passes a safety limit at {last.VoltageVolts:0.###} V" : null,
            steps.Rows,
            cycles.Rows);
    }

    private static double PeakAmperes(CellProgram program) =>
        program.Steps.OfType<CurrentStep>().Select(step => Math.Abs(step.CurrentAmperes)).DefaultIfEmpty(0).Max();
}
