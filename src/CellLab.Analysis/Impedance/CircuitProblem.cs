using CellLab.Analysis.Fitting;
using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace CellLab.Analysis.Impedance;

/// <summary>Residuals and their derivatives in the variables that are free to move: logarithms of positive quantities, exponents as they are.</summary>
internal sealed class CircuitProblem(Spectrum spectrum, Circuit circuit, bool modulusWeight) : ILeastSquaresProblem
{
    public const double LowestExponent = 0.3;
    public const double HighestExponent = 1;

    private const double LowestLogarithm = -60;
    private const double HighestLogarithm = 60;

    public Spectrum Spectrum => spectrum;

    public Circuit Circuit => circuit;

    public int Parameters => circuit.Names.Count;

    public double[] ToFree(double[] values) =>
        Bound([.. values.Select((value, parameter) => circuit.Exponents[parameter] ? value : Math.Log(value))]);

    public double[] FromFree(double[] free) => [.. free.Select((value, parameter) => circuit.Exponents[parameter] ? value : Math.Exp(value))];

    public double[] Bound(double[] free) =>
    [
        .. free.Select((value, parameter) => circuit.Exponents[parameter]
            ? Math.Clamp(value, LowestExponent, HighestExponent)
            : Math.Clamp(value, LowestLogarithm, HighestLogarithm)),
    ];

    /// <summary>Half the sum of squares; infinite where the model overflows.</summary>
    public double Cost(double[] free)
    {
        double[] values = FromFree(free);
        double sum = 0;
        for (int point = 0; point < spectrum.Count; point++)
        {
            Complex difference = circuit.At(spectrum.Hertz[point], values) - spectrum.Ohms[point];
            sum += Math.Pow(difference.Magnitude * Weight(point), 2);
        }

        return double.IsFinite(sum) ? sum / 2 : double.PositiveInfinity;
    }

    /// <summary>Residuals (real and imaginary part of each point in turn) and the matrix of their derivatives.</summary>
    public (Vector<double> Residuals, Matrix<double> Jacobian) Linearise(double[] free)
    {
        double[] values = FromFree(free);
        var residuals = Vector<double>.Build.Dense(2 * spectrum.Count);
        var jacobian = Matrix<double>.Build.Dense(2 * spectrum.Count, Parameters);
        var gradient = new Complex[Parameters];
        for (int point = 0; point < spectrum.Count; point++)
        {
            Array.Clear(gradient);
            double weight = Weight(point);
            Complex difference = circuit.Root.At(spectrum.Radians(point), values, gradient) - spectrum.Ohms[point];
            residuals[2 * point] = difference.Real * weight;
            residuals[(2 * point) + 1] = difference.Imaginary * weight;
            for (int parameter = 0; parameter < Parameters; parameter++)
            {
                double inner = circuit.Exponents[parameter] ? 1 : values[parameter];
                jacobian[2 * point, parameter] = gradient[parameter].Real * weight * inner;
                jacobian[(2 * point) + 1, parameter] = gradient[parameter].Imaginary * weight * inner;
            }
        }

        return (residuals, jacobian);
    }

    /// <summary>Standard errors in the circuit's own units from s2 (JtJ)^-1 with s2 = sum of squares / (2N - parameters).</summary>
    public double?[] Sigmas(double[] free)
    {
        (Vector<double> residuals, Matrix<double> jacobian) = Linearise(free);
        double[] values = FromFree(free);
        int freedom = Math.Max(1, (2 * spectrum.Count) - Parameters);
        double variance = residuals.DotProduct(residuals) / freedom;
        Matrix<double> information = jacobian.TransposeThisAndMultiply(jacobian);
        double[] scale = [.. information.Diagonal().Select(value => value > 0 ? 1 / Math.Sqrt(value) : 0)];
        Matrix<double> scaled = Matrix<double>.Build.Dense(Parameters, Parameters, (row, column) => information[row, column] * scale[row] * scale[column]);
        Matrix<double> inverse = scaled.Determinant() is > 1e-30 or < -1e-30 ? scaled.Inverse() : Matrix<double>.Build.Dense(Parameters, Parameters, double.NaN);
        return
        [
            .. Enumerable.Range(0, Parameters).Select(parameter =>
            {
                double inner = circuit.Exponents[parameter] ? 1 : values[parameter];
                double sigma = Math.Sqrt(variance * inverse[parameter, parameter]) * scale[parameter] * inner;
                return double.IsFinite(sigma) ? sigma : (double?)null;
            }),
        ];
    }

    private double Weight(int point) => modulusWeight ? 1 / spectrum.Ohms[point].Magnitude : 1;
}
