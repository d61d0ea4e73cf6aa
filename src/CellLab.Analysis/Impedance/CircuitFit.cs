using CellLab.Analysis.Fitting;

namespace CellLab.Analysis.Impedance;

/// <summary>A fitted circuit. <paramref name="Sigmas"/> are standard errors from the covariance s2 (JtJ)^-1; null where the data do not fix a parameter.</summary>
/// <param name="RmsRelative">Root of the mean of |Z - Zm|2/|Z|2.</param>
/// <param name="ChiSquared">(1/2N) sum of |Z - Zm|2/|Z|2.</param>
/// <param name="Flags">Parameters whose error exceeds half their value, or that sit on a bound.</param>
public sealed record CircuitFitResult(
    Circuit Circuit, IReadOnlyList<double> Values, IReadOnlyList<double?> Sigmas, double RmsRelative, double LargestRelative, double ChiSquared, int Points,
    IReadOnlyList<string> Flags)
{
    public required IReadOnlyList<CircuitPair> Pairs { get; init; }
}

/// <summary>Complex non-linear least squares (Levenberg-Marquardt on logarithms, exponents between bounds, analytic derivatives) from many starts.</summary>
public static class CircuitFit
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "circuit-1";

    private const double WorthAWarning = 0.5;
    private const int FewestStarts = 10;
    private const int Agreeing = 3;
    private const double SameCost = 1e-3;
    private const double RoughGain = 1e-6;
    private const double ExactCost = 1e-18;

    /// <param name="modulusWeight">Residuals divided by |Z|; else by one.</param>
    /// <returns>Null when there are fewer measured values than parameters.</returns>
    public static CircuitFitResult? Fit(Spectrum spectrum, Circuit circuit, bool modulusWeight)
    {
        if (2 * spectrum.Count <= circuit.Names.Count)
        {
            return null;
        }

        var problem = new CircuitProblem(spectrum, circuit, modulusWeight);
        var runs = new List<LevenbergMarquardt>();
        foreach (double[] start in CircuitStarts.For(spectrum, circuit))
        {
            runs.Add(LevenbergMarquardt.Run(problem, start, RoughGain));
            if (runs.Count >= FewestStarts && IsSettled(runs, spectrum.Count))
            {
                break;
            }
        }

        return Finish(problem, LevenbergMarquardt.Run(problem, runs.MinBy(run => run.Cost)!.Point));
    }

    /// <summary>From one start given in the circuit's own units.</summary>
    public static CircuitFitResult FitFrom(Spectrum spectrum, Circuit circuit, bool modulusWeight, IReadOnlyList<double> start)
    {
        var problem = new CircuitProblem(spectrum, circuit, modulusWeight);
        return Finish(problem, LevenbergMarquardt.Run(problem, problem.ToFree([.. start])));
    }

    /// <summary>Several starts ended in the best minimum, or it is exact.</summary>
    private static bool IsSettled(List<LevenbergMarquardt> runs, int points)
    {
        double best = runs.Min(run => run.Cost);
        return best < ExactCost * points || runs.Count(run => run.Cost <= best * (1 + SameCost)) >= Agreeing;
    }

    private static CircuitFitResult Finish(CircuitProblem problem, LevenbergMarquardt run)
    {
        double[] values = problem.FromFree(run.Point);
        double?[] sigmas = problem.Sigmas(run.Point);
        CircuitOrder.Sort(problem.Circuit, values, sigmas);
        Spectrum spectrum = problem.Spectrum;
        double[] relative = [.. Enumerable.Range(0, spectrum.Count).Select(point =>
            (problem.Circuit.At(spectrum.Hertz[point], values) - spectrum.Ohms[point]).Magnitude / spectrum.Ohms[point].Magnitude)];
        double mean = relative.Average(value => value * value);
        return new CircuitFitResult(
            problem.Circuit, values, sigmas, Math.Sqrt(mean), relative.Max(), mean / 2, spectrum.Count, [.. Flags(problem.Circuit, values, sigmas)])
        {
            Pairs = CircuitOrder.Pairs(problem.Circuit, values),
        };
    }

    private static IEnumerable<string> Flags(Circuit circuit, double[] values, double?[] sigmas)
    {
        for (int parameter = 0; parameter < values.Length; parameter++)
        {
            if (sigmas[parameter] is not { } sigma || sigma > WorthAWarning * Math.Abs(values[parameter]))
            {
                yield return $"{circuit.Names[parameter]} is not fixed by the data";
            }

            if (circuit.Exponents[parameter] && (values[parameter] <= CircuitProblem.LowestExponent || values[parameter] >= CircuitProblem.HighestExponent))
            {
                yield return $"{circuit.Names[parameter]} is on its bound";
            }
        }
    }
}
