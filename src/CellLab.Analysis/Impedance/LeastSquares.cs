using MathNet.Numerics.LinearAlgebra;

namespace CellLab.Analysis.Impedance;

/// <summary>Linear least squares by QR with columns scaled to unit norm: normal equations would lose the digits that closely spaced time constants need.</summary>
internal static class LeastSquares
{
    /// <returns>The coefficients; columns of zeros get 0.</returns>
    public static double[] Solve(double[,] columns, double[] right)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(columns);
        double[] norms = [.. matrix.EnumerateColumns().Select(column => column.L2Norm())];
        int[] used = [.. Enumerable.Range(0, norms.Length).Where(column => norms[column] > 0)];
        Matrix<double> scaled = Matrix<double>.Build.Dense(matrix.RowCount, used.Length, (row, column) => matrix[row, used[column]] / norms[used[column]]);
        Vector<double> solution = scaled.RowCount >= scaled.ColumnCount
            ? scaled.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Solve(Vector<double>.Build.Dense(right))
            : scaled.PseudoInverse() * Vector<double>.Build.Dense(right);
        double[] coefficients = new double[norms.Length];
        for (int column = 0; column < used.Length; column++)
        {
            coefficients[used[column]] = solution[column] / norms[used[column]];
        }

        return coefficients;
    }
}
