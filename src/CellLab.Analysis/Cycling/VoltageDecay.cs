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

        (double[] numbers, double[] volts) = Points(run);
        (double _, double slope) = Fit.Line(numbers, volts);
        return -100 * slope / volts[0];
    }

    /// <summary>Standard error of <see cref="LeastSquares"/>, from the scatter about the line; null with fewer than three cycles.</summary>
    public static double? LeastSquaresError(IReadOnlyList<CycleView> run)
    {
        if (run.Count < 3 || run.Any(cycle => cycle.MeanDischargeVoltageV is null))
        {
            return null;
        }

        (double[] numbers, double[] volts) = Points(run);
        (double intercept, double slope) = Fit.Line(numbers, volts);
        double scatter = numbers.Zip(volts, (number, value) => Math.Pow(value - intercept - (slope * number), 2)).Sum();
        double centre = numbers.Average();
        double spread = numbers.Sum(number => (number - centre) * (number - centre));
        return 100 * Math.Sqrt(scatter / (run.Count - 2) / spread) / volts[0];
    }

    private static (double[] Numbers, double[] Volts) Points(IReadOnlyList<CycleView> run) =>
        ([.. Enumerable.Range(1, run.Count).Select(number => (double)number)], [.. run.Select(cycle => cycle.MeanDischargeVoltageV!.Value)]);
}
