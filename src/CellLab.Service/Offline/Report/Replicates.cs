namespace CellLab.Service.Offline.Report;

/// <summary>Mean and sample standard deviation of replicates; the latter null for fewer than two.</summary>
internal sealed record Replicates(double Mean, double? StandardDeviation, int Count, IReadOnlyList<int> Outliers)
{
    /// <summary>Iglewicz and Hoaglin's modified z-score above which a value is listed as an outlier. It is listed, never left out.</summary>
    private const double LargestScore = 3.5;

    private const double NormalOverMad = 0.6745;
    private const int FewestForOutliers = 4;

    public static Replicates Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        double? deviation = values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return new Replicates(mean, deviation, values.Count, OutliersOf(values));
    }

    private static int[] OutliersOf(IReadOnlyList<double> values)
    {
        if (values.Count < FewestForOutliers)
        {
            return [];
        }

        double median = Median(values);
        double mad = Median([.. values.Select(value => Math.Abs(value - median))]);
        return mad > 0 ? [.. Enumerable.Range(0, values.Count).Where(index => NormalOverMad * Math.Abs(values[index] - median) / mad > LargestScore)] : [];
    }

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
