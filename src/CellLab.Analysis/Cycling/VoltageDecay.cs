using MathNet.Numerics;

namespace CellLab.Analysis.Cycling;

/// <summary>Fall of the mean discharge voltage in % of the first cycle's, per cycle. The two forms in use differ and are named.</summary>
internal static class VoltageDecay
{
    /// <summary>(V1 - VN) / V1 / N.</summary>
    public static double? TwoPoint(IReadOnlyList<CycleView> run) =>
        run.Count >= 2 && run[0].MeanDischargeVoltageV is { } first && run[^1].MeanDischargeVoltageV is { } last
            ? 100 * (first - last) / first / run.Count
            : null;

    /// <summary>Minus the slope of the least-squares line through cycles 1 to N, over V1.</summary>
    public static double? LeastSquares(IReadOnlyList<CycleView> run)
    {
        if (run.Count < 2 || run.Any(cycle => cycle.MeanDischargeVoltageV is null))
        {
            return null;
        }

        double[] numbers = [.. Enumerable.Range(1, run.Count).Select(number => (double)number)];
        double[] volts = [.. run.Select(cycle => cycle.MeanDischargeVoltageV!.Value)];
        (double _, double slope) = Fit.Line(numbers, volts);
        return -100 * slope / volts[0];
    }
}
