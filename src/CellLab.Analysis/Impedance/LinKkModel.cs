using System.Numerics;

namespace CellLab.Analysis.Impedance;

/// <summary>The linear model of the Kramers-Kronig test; coefficients in the order R0, R_1 ... R_M, L, 1/C.</summary>
internal sealed class LinKkModel(Spectrum spectrum, double[] times, bool capacitor)
{
    private int Columns => times.Length + 2 + (capacitor ? 1 : 0);

    public double[] SolveComplex()
    {
        double[,] matrix = new double[2 * spectrum.Count, Columns];
        double[] right = new double[2 * spectrum.Count];
        for (int point = 0; point < spectrum.Count; point++)
        {
            Complex[] row = Row(point);
            double weight = 1 / spectrum.Ohms[point].Magnitude;
            for (int column = 0; column < row.Length; column++)
            {
                matrix[2 * point, column] = row[column].Real * weight;
                matrix[(2 * point) + 1, column] = row[column].Imaginary * weight;
            }

            right[2 * point] = spectrum.Ohms[point].Real * weight;
            right[(2 * point) + 1] = spectrum.Ohms[point].Imaginary * weight;
        }

        return LeastSquares.Solve(matrix, right);
    }

    public double[] SolveReal()
    {
        double[,] matrix = new double[spectrum.Count, Columns];
        double[] right = new double[spectrum.Count];
        for (int point = 0; point < spectrum.Count; point++)
        {
            Complex[] row = Row(point);
            double weight = 1 / spectrum.Ohms[point].Magnitude;
            for (int column = 0; column < row.Length; column++)
            {
                matrix[point, column] = row[column].Real * weight;
            }

            right[point] = spectrum.Ohms[point].Real * weight;
        }

        double[] values = LeastSquares.Solve(matrix, right);
        AddReactances(values);
        return values;
    }

    public Complex At(int point, double[] values)
    {
        Complex sum = Complex.Zero;
        Complex[] row = Row(point);
        for (int column = 0; column < row.Length; column++)
        {
            sum += row[column] * values[column];
        }

        return sum;
    }

    /// <summary>L and 1/C leave no trace in the real part.</summary>
    private void AddReactances(double[] values)
    {
        int first = times.Length + 1;
        double[,] matrix = new double[spectrum.Count, Columns - first];
        double[] right = new double[spectrum.Count];
        for (int point = 0; point < spectrum.Count; point++)
        {
            Complex[] row = Row(point);
            double weight = 1 / spectrum.Ohms[point].Magnitude;
            for (int column = first; column < Columns; column++)
            {
                matrix[point, column - first] = row[column].Imaginary * weight;
            }

            right[point] = (spectrum.Ohms[point].Imaginary - At(point, values).Imaginary) * weight;
        }

        double[] reactances = LeastSquares.Solve(matrix, right);
        reactances.CopyTo(values, first);
    }

    private Complex[] Row(int point)
    {
        double w = spectrum.Radians(point);
        var row = new Complex[Columns];
        row[0] = Complex.One;
        for (int k = 0; k < times.Length; k++)
        {
            row[k + 1] = 1 / new Complex(1, w * times[k]);
        }

        row[times.Length + 1] = new Complex(0, w);
        if (capacitor)
        {
            row[^1] = new Complex(0, -1 / w);
        }

        return row;
    }
}
