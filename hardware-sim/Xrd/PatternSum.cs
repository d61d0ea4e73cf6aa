using CellLab.CellModel;
using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Xrd;

/// <summary>What a position-sensitive detector gathers during one exposure: every point at the same time, the (003) reflection where the cell has it at
/// each moment. Pseudo-Voigt (half Gauss, half Lorentz), 3000 counts/s at the peak of the powder as made, background 150 counts/s, Poisson
/// noise (assumed figures).</summary>
internal sealed class PatternSum
{
    private const double PeakRate = 3000;
    private const double BackgroundRate = 150;

    private readonly double[] _angles;
    private readonly double[] _expected;
    private readonly double _displacement;

    public PatternSum(DiffractometerBenchDevice device)
    {
        int points = 1 + (int)Math.Round((device.TwoThetaTo - device.TwoThetaFrom) / device.TwoThetaStep);
        _angles = [.. Enumerable.Range(0, points).Select(i => device.TwoThetaFrom + (i * device.TwoThetaStep))];
        _expected = new double[points];
        _displacement = device.DisplacementDegrees;
    }

    public IReadOnlyList<double> Angles => _angles;

    /// <param name="seconds">For so long the cell looks like this.</param>
    public void Add(CellView? cell, double seconds)
    {
        double centre = 0;
        double height = 0;
        double width = 1;
        if (cell is CellView view)
        {
            CellState state = view.State;
            centre = Diffraction.TwoTheta003(view.Parameters, state) + _displacement;
            height = PeakRate * Diffraction.RelativeIntensity(view.Parameters, state);
            width = view.Parameters.Diffraction.FullWidthDegrees;
        }

        for (int i = 0; i < _angles.Length; i++)
        {
            _expected[i] += seconds * (BackgroundRate + (height * Shape((_angles[i] - centre) / width)));
        }
    }

    /// <summary>Counts of each point with their statistics.</summary>
    public long[] Draw(ref SplitMix64 random)
    {
        long[] counts = new long[_expected.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            // far above 20 counts, where Poisson and normal statistics are one
            counts[i] = Math.Max(0, (long)Math.Round(_expected[i] + (Math.Sqrt(_expected[i]) * random.NextNormal())));
        }

        return counts;
    }

    /// <param name="x">Distance in full widths at half maximum.</param>
    private static double Shape(double x) => (0.5 * Math.Exp(-4 * Math.Log(2) * x * x)) + (0.5 / (1 + (4 * x * x)));
}
