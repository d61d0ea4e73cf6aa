namespace CellLab.Analysis.DqDv;

/// <summary>The two voltages at which a half cycle is cut into O/Mn (below), Ni (between) and O (above).</summary>
public readonly record struct RedoxLimits(double LowerVolts, double UpperVolts)
{
    /// <summary>Midway between the equilibrium peaks of Li1.2Mn0.6Ni0.2O2 on discharge (docs: dQ/dV).</summary>
    public static RedoxLimits Discharge { get; } = new(3.54, 4.06);

    /// <summary>The same on charge.</summary>
    public static RedoxLimits Charge { get; } = new(3.67, 4.19);
}

/// <summary>Charge (Ah) that belongs to the redox pairs, by voltage alone. The three sum to the charge of the half cycle exactly.</summary>
public readonly record struct RedoxShares(double OxygenManganeseAh, double NickelAh, double OxygenAh)
{
    /// <summary>Bins that a limit falls into are cut in proportion (linear in the voltage).</summary>
    public static RedoxShares Of(ChargeHistogram histogram, RedoxLimits limits)
    {
        double below = Below(histogram, limits.LowerVolts);
        double upTo = Below(histogram, limits.UpperVolts);
        return new RedoxShares(below, upTo - below, histogram.TotalAh - upTo);
    }

    private static double Below(ChargeHistogram histogram, double volts)
    {
        double edge = volts / histogram.BinVolts;
        double nearest = Math.Round(edge);
        edge = Math.Abs(edge - nearest) < 1e-9 ? nearest : edge; // a limit on an edge cuts no bin
        double sum = 0;
        for (int bin = 0; bin < histogram.Content.Count; bin++)
        {
            sum += histogram.Content[bin] * Math.Clamp(edge - (histogram.FirstBin + bin), 0, 1);
        }

        return sum;
    }
}
