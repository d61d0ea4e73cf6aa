using CellLab.Analysis.Fitting;
using MathNet.Numerics.LinearAlgebra;

namespace CellLab.Analysis.Diffraction;

/// <summary>A fitted reflection: angles in degrees two theta, heights and area in counts and counts times degrees above the background.</summary>
/// <param name="PositionError">Standard error of the position; null where the data do not fix it.</param>
/// <param name="Mixing">0 Gaussian, 1 Lorentzian.</param>
public sealed record PeakResult(
    double Position, double? PositionError, double Height, double Width, double Mixing, double Area, double Background, double RmsWeighted, int Points);

/// <summary>One pseudo-Voigt reflection on a straight background, by least squares weighted with counting statistics: a fit, not the highest point.</summary>
public static class PeakFit
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "peak-1";

    private const int FewestPoints = 8;
    private const double LargestPositionError = 0.5;
    private const double RoughGain = 1e-3;
    private const double FineGain = 1e-9;

    /// <summary>Null with too few points, or where no reflection stands out of the background.</summary>
    public static PeakResult? Fit(IReadOnlyList<double> degrees, IReadOnlyList<double> counts)
    {
        if (degrees.Count < FewestPoints)
        {
            return null;
        }

        var problem = new PeakProblem([.. degrees], [.. counts]);
        double[] rough = problem.Starts().Select(start => LevenbergMarquardt.Run(problem, start, RoughGain)).MinBy(run => run.Cost)!.Point;
        LevenbergMarquardt best = LevenbergMarquardt.Run(problem, rough, FineGain);
        double[] values = best.Point;
        double? error = PositionError(problem, best);
        bool stands = values[1] > 0 && error < LargestPositionError * values[2] && values[0] > degrees.Min() && values[0] < degrees.Max();
        return stands
            ? new PeakResult(
                values[0], error, values[1], values[2], values[3], values[1] * PeakProblem.AreaOfUnit(values[2], values[3]), values[4],
                Math.Sqrt(2 * best.Cost / degrees.Count), degrees.Count)
            : null;
    }

    private static double? PositionError(PeakProblem problem, LevenbergMarquardt run)
    {
        (Vector<double> residuals, Matrix<double> jacobian) = problem.Linearise(run.Point);
        Matrix<double> information = jacobian.TransposeThisAndMultiply(jacobian);
        for (int parameter = 0; parameter < problem.Parameters; parameter++)
        {
            information[parameter, parameter] += 1e-9 * Math.Max(information[parameter, parameter], 1e-30);
        }

        double variance = Math.Max(1e-30, residuals.DotProduct(residuals) / Math.Max(1, residuals.Count - problem.Parameters));
        double error = Math.Sqrt(variance * information.Inverse()[0, 0]);
        return double.IsFinite(error) ? error : null;
    }
}
