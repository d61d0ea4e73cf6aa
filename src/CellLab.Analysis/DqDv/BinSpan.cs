namespace CellLab.Analysis.DqDv;

/// <summary>The way between two voltages, in bins: several histograms of one width share it.</summary>
/// <param name="Low">Lower voltage over the width of a bin.</param>
/// <param name="High">Upper voltage over the width of a bin.</param>
/// <param name="First">Bin in which the lower one lies.</param>
/// <param name="Last">Bin in which the upper one lies.</param>
public readonly record struct BinSpan(double Low, double High, int First, int Last)
{
    public static BinSpan Between(double fromVolts, double toVolts, double binVolts)
    {
        double low = Math.Min(fromVolts, toVolts) / binVolts;
        double high = Math.Max(fromVolts, toVolts) / binVolts;
        return new BinSpan(low, high, (int)Math.Floor(low), (int)Math.Floor(high));
    }
}
