using MathNet.Numerics.LinearAlgebra;

namespace CellLab.Analysis.Fitting;

/// <summary>A sum of squares to be made small, in variables that may have bounds.</summary>
internal interface ILeastSquaresProblem
{
    int Parameters { get; }

    /// <summary>The nearest point within the bounds.</summary>
    double[] Bound(double[] free);

    /// <summary>Half the sum of squares; infinite where the model overflows.</summary>
    double Cost(double[] free);

    (Vector<double> Residuals, Matrix<double> Jacobian) Linearise(double[] free);
}
