using CellLab.Analysis.Fitting;
using MathNet.Numerics.LinearAlgebra;

namespace CellLab.Analysis.Diffraction;

/// <summary>Counts against a pseudo-Voigt on a line; parameters: position, height, full width at half height, mixing, background at the middle, its slope.</summary>
internal sealed class PeakProblem : ILeastSquaresProblem
{
    private const double NumericStep = 1e-6;

    private readonly double[] _degrees;
    private readonly double[] _counts;
    private readonly double[] _weights;
    private readonly double _middle;
    private readonly double _span;

    public PeakProblem(double[] degrees, double[] counts)
    {
        _degrees = degrees;
        _counts = counts;
        _weights = [.. counts.Select(value => 1 / Math.Sqrt(Math.Max(1, value)))];
        _middle = (degrees.Min() + degrees.Max()) / 2;
        _span = degrees.Max() - degrees.Min();
    }

    public int Parameters => 6;

    public static double AreaOfUnit(double width, double mixing) =>
        width * ((mixing * Math.PI / 2) + ((1 - mixing) * Math.Sqrt(Math.PI / Math.Log(2)) / 2));

    /// <summary>The highest point after a running mean of three, at several widths.</summary>
    public IEnumerable<double[]> Starts()
    {
        int top = Enumerable.Range(1, _counts.Length - 2).MaxBy(point => _counts[point - 1] + _counts[point] + _counts[point + 1]);
        double floor = _counts.Order().ElementAt(_counts.Length / 4);
        foreach (double share in new[] { 0.02, 0.07, 0.2 })
        {
            yield return [_degrees[top], Math.Max(1e-3, _counts[top] - floor), share * _span, 0.5, floor, 0];
        }
    }

    public double[] Bound(double[] free) =>
    [
        Math.Clamp(free[0], _middle - (_span / 2), _middle + (_span / 2)), Math.Max(0, free[1]), Math.Clamp(free[2], 1e-4 * _span, 2 * _span),
        Math.Clamp(free[3], 0, 1), free[4], free[5],
    ];

    public double Cost(double[] free)
    {
        double sum = 0;
        for (int point = 0; point < _degrees.Length; point++)
        {
            double residual = Residual(free, point);
            sum += residual * residual;
        }

        return double.IsFinite(sum) ? sum / 2 : double.PositiveInfinity;
    }

    public (Vector<double> Residuals, Matrix<double> Jacobian) Linearise(double[] free)
    {
        var residuals = Vector<double>.Build.Dense(_degrees.Length, point => Residual(free, point));
        var jacobian = Matrix<double>.Build.Dense(_degrees.Length, Parameters);
        for (int parameter = 0; parameter < Parameters; parameter++)
        {
            double step = NumericStep * Math.Max(1e-3, Math.Abs(free[parameter]));
            double[] more = [.. free];
            double[] less = [.. free];
            more[parameter] += step;
            less[parameter] -= step;
            for (int point = 0; point < _degrees.Length; point++)
            {
                jacobian[point, parameter] = (Residual(more, point) - Residual(less, point)) / (2 * step);
            }
        }

        return (residuals, jacobian);
    }

    private double Residual(double[] free, int point)
    {
        double distance = (_degrees[point] - free[0]) / (free[2] / 2);
        double shape = (free[3] / (1 + (distance * distance))) + ((1 - free[3]) * Math.Exp(-Math.Log(2) * distance * distance));
        double model = (free[1] * shape) + free[4] + (free[5] * (_degrees[point] - _middle));
        return (model - _counts[point]) * _weights[point];
    }
}
