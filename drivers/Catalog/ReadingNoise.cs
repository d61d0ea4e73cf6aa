using System.Globalization;

namespace CellLab.Drivers.Catalog;

/// <summary>Noise of readings that should be equal.</summary>
public static class ReadingNoise
{
    /// <summary>The sample's standard deviation; 0 for fewer than two values.</summary>
    public static double StandardDeviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>One sentence of a probe.</summary>
    public static string Finding(IReadOnlyList<double> volts) => string.Create(
        CultureInfo.InvariantCulture, $"voltage noise {StandardDeviation(volts) * 1e3:0.###} mV (standard deviation of {volts.Count} readings, as fast as they come)");
}
