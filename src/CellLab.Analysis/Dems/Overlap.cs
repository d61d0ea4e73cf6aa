using MathNet.Numerics.LinearAlgebra;

namespace CellLab.Analysis.Dems;

/// <summary>Signals of gases at their base peaks out of signals of masses to which several gases contribute; weighted least squares, signs left as they are.</summary>
public sealed class Overlap
{
    private readonly Matrix<double> _solver;

    /// <param name="shares">Share of gas (column) in mass (row), 1 at the base peak.</param>
    /// <param name="sigmas">Noise of each mass; null weighs all alike.</param>
    /// <exception cref="ArgumentException">Fewer independent masses than gases.</exception>
    public Overlap(double[,] shares, IReadOnlyList<double>? sigmas)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(shares);
        var weights = Matrix<double>.Build.DenseDiagonal(matrix.RowCount, matrix.RowCount, row => sigmas is null || !(sigmas[row] > 0) ? 1 : 1 / sigmas[row]);
        Matrix<double> weighted = weights * matrix;
        if (weighted.RowCount < weighted.ColumnCount || weighted.Rank() < weighted.ColumnCount)
        {
            throw new ArgumentException("the masses do not tell the gases apart: give as many independent masses as gases or more");
        }

        _solver = weighted.PseudoInverse() * weights;
    }

    public double[] Solve(IReadOnlyList<double> masses) => (_solver * Vector<double>.Build.DenseOfEnumerable(masses)).ToArray();
}
