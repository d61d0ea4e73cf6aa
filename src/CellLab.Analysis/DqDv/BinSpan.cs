namespace CellLab.Analysis.DqDv;

/// <summary>The way between two voltages, in bins: several histograms of one width share it.</summary>
/// <param name="Low">Lower voltage over the width of a bin.</param>
/// <param name="High">Upper voltage over the width of a bin.</param>
/// <param name="First">Bin in which the lower one lies.</param>
/// <param name="Last">Bin in which the upper one lies.</param>
public readonly record struct BinSpan(double Low, double High, int First, int Last)
{
    public static BinSpan Between(double fromVolts, double toVolts, double binVolts) => Of(fromVolts / binVolts, toVolts / binVolts);

    /// <param name="from">Voltage over the width of a bin; a number.</param>
    /// <param name="to">The same of the other end.</param>
    public static BinSpan Of(double from, double to)
    {
        double low = from < to ? from : to, high = from < to ? to : from;
        return new BinSpan(low, high, (int)Math.Floor(low), (int)Math.Floor(high));
    }
}
