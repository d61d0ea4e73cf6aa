namespace CellLab.HardwareSim.Cells;

/// <summary>Current ranges of a channel, mA. The smallest that holds the largest current of a step is used: the offset error goes with the range.</summary>
internal static class CurrentRanges
{
    private static readonly double[] Coin = [0.1, 1, 5, 10];

    /// <summary>Rising, mA.</summary>
    public static IReadOnlyList<double> Of(int parallel) => [.. Coin.Select(range => range * parallel)];

    /// <summary>Null when the current is beyond the largest range. <paramref name="parallel"/> cells side by side have ranges as many times as large.</summary>
    public static double? Smallest(double largestMilliamperes, int parallel)
    {
        foreach (double range in Coin)
        {
            if (Math.Abs(largestMilliamperes) <= range * parallel * (1 + 1e-9))
            {
                return range * parallel;
            }
        }

        return null;
    }
}
