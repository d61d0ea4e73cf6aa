namespace CellLab.CellModel;

/// <summary>The five tabulated open-circuit curves of a material, interleaved so that one look-up touches two cache lines.</summary>
public sealed class OcvTables
{
    private const int Curves = 5;
    private readonly double[] _values;
    private readonly int _last;

    public OcvTables(OcvGrid grid, OcvCurve pristine, OcvCurve chargeFresh, OcvCurve chargeFaded, OcvCurve dischargeFresh, OcvCurve dischargeFaded)
    {
        OcvCurve[] curves = [pristine, chargeFresh, chargeFaded, dischargeFresh, dischargeFaded];
        _values = new double[grid.Points * Curves];
        _last = grid.Points - 1;
        for (int c = 0; c < Curves; c++)
        {
            double[] table = curves[c].Tabulate(grid);
            for (int k = 0; k < table.Length; k++)
            {
                _values[(k * Curves) + c] = table[k];
            }
        }
    }

    /// <summary>Linear between the points, straight on outside 0..1.</summary>
    public double Volts(double delithiation, in BranchWeights weights)
    {
        double position = delithiation * _last;
        int index = (int)Math.Clamp(position, 0, _last - 1);
        double fraction = position - index;
        ReadOnlySpan<double> at = _values.AsSpan(index * Curves, 2 * Curves);
        double left = Blend(at[..Curves], weights);
        double right = Blend(at[Curves..], weights);
        return left + ((right - left) * fraction);
    }

    /// <summary>Charge branch less discharge branch at this fade, V.</summary>
    public double BranchGapVolts(double delithiation, double fade) =>
        Volts(delithiation, new BranchWeights(1, 1, fade)) - Volts(delithiation, new BranchWeights(1, -1, fade));

    private static double Blend(ReadOnlySpan<double> v, in BranchWeights w) =>
        (v[0] * w.Pristine) + (v[1] * w.ChargeFresh) + (v[2] * w.ChargeFaded) + (v[3] * w.DischargeFresh) + (v[4] * w.DischargeFaded);
}
