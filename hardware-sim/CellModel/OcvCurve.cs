namespace CellLab.CellModel;

/// <summary>One branch given as its dQ/dV: redox pairs plus a linear part, <c>G(U) = linear (U-2)/2.8 + sum w/(1+exp(-(U-Uj)/b))</c>,
/// z = (G(U)-G(low))/(G(high)-G(low)).</summary>
public sealed record OcvCurve(double Linear, IReadOnlyList<OcvPeak> Peaks)
{
    private double Cumulative(double volts, OcvGrid grid)
    {
        double sum = Linear * (volts - grid.LowVolts) / (grid.HighVolts - grid.LowVolts);
        foreach (OcvPeak peak in Peaks)
        {
            sum += peak.Weight / (1 + Math.Exp(-(volts - peak.Volts) / peak.WidthVolts));
        }

        return sum;
    }

    /// <summary>Voltage at equal steps of z: G on the fine grid, inverted by linear interpolation.</summary>
    public double[] Tabulate(OcvGrid grid)
    {
        double[] fine = new double[grid.FinePoints];
        double step = (grid.HighVolts - grid.LowVolts) / (grid.FinePoints - 1);
        for (int i = 0; i < fine.Length; i++)
        {
            fine[i] = Cumulative(grid.LowVolts + (i * step), grid);
        }

        return Invert(fine, grid, step);
    }

    private static double[] Invert(double[] fine, OcvGrid grid, double step)
    {
        double low = fine[0];
        double span = fine[^1] - low;
        double[] table = new double[grid.Points];
        int at = 0;
        for (int k = 0; k < table.Length; k++)
        {
            double target = (double)k / (table.Length - 1);
            while (at < fine.Length - 2 && (fine[at + 1] - low) / span < target)
            {
                at++;
            }

            double left = (fine[at] - low) / span;
            double right = (fine[at + 1] - low) / span;
            table[k] = grid.LowVolts + (step * (at + ((target - left) / (right - left))));
        }

        return table;
    }
}

/// <summary>One redox pair: its share, its potential and its width.</summary>
public readonly record struct OcvPeak(double Weight, double Volts, double WidthVolts);

/// <summary>Grids of the inversion: <paramref name="FinePoints"/> equal steps in voltage, <paramref name="Points"/> in z.</summary>
public readonly record struct OcvGrid(int Points, int FinePoints, double LowVolts, double HighVolts);
