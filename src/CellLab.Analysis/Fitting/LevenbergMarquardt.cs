using MathNet.Numerics.LinearAlgebra;

namespace CellLab.Analysis.Fitting;

/// <summary>One descent from one start to the nearest minimum, within the problem's bounds.</summary>
internal sealed record LevenbergMarquardt(double[] Point, double Cost)
{
    private const int MostSteps = 300;
    private const double SmallestGain = 1e-15;
    private const double LargestDamping = 1e12;

    /// <param name="smallestGain">Steps that lower the cost by less than this share of it end the descent.</param>
    public static LevenbergMarquardt Run(ILeastSquaresProblem problem, double[] start, double smallestGain = SmallestGain)
    {
        double[] point = problem.Bound(start);
        double cost = problem.Cost(point);
        double damping = 1e-3;
        int idle = 0;
        for (int step = 0; step < MostSteps && double.IsFinite(cost) && cost > 0 && idle < 3; step++)
        {
            (Vector<double> residuals, Matrix<double> jacobian) = problem.Linearise(point);
            double before = cost;
            (point, cost, damping) = Improve(problem, point, cost, damping, jacobian.TransposeThisAndMultiply(jacobian), jacobian.TransposeThisAndMultiply(residuals));
            if (damping > LargestDamping)
            {
                break;
            }

            idle = before - cost <= smallestGain * before ? idle + 1 : 0;
        }

        return new LevenbergMarquardt(point, cost);
    }

    /// <summary>Raises the damping until a step lowers the cost.</summary>
    private static (double[] Point, double Cost, double Damping) Improve(
        ILeastSquaresProblem problem, double[] point, double cost, double damping, Matrix<double> information, Vector<double> gradient)
    {
        for (; damping <= LargestDamping; damping *= 4)
        {
            Matrix<double> damped = information.Clone();
            for (int parameter = 0; parameter < problem.Parameters; parameter++)
            {
                damped[parameter, parameter] += damping * Math.Max(information[parameter, parameter], 1e-12);
            }

            double[] next = problem.Bound([.. (Vector<double>.Build.Dense(point) - damped.Solve(gradient))]);
            double nextCost = next.All(double.IsFinite) ? problem.Cost(next) : double.PositiveInfinity;
            if (nextCost < cost)
            {
                return (next, nextCost, Math.Max(damping / 9, 1e-14));
            }
        }

        return (point, cost, damping);
    }
}
