using System.Globalization;

namespace CellLab.Drivers.Catalog;

/// <summary>Noise of readings that should be equal.</summary>
public static class ReadingNoise
{
    /// <summary>So many make one figure.</summary>
    public const int Readings = 8;

    /// <summary>Why there is none while current flows.</summary>
    public const string OutputIsOn = "the output is on, and what the cell does cannot be told from noise";

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

    /// <summary>Readings as fast as they come, one sentence of a probe.</summary>
    /// <param name="first">A reading that is there already, V.</param>
    public static async Task<string> MeasureAsync(double first, Func<CancellationToken, Task<double>> readAsync, CancellationToken cancellationToken)
    {
        List<double> volts = [first];
        while (volts.Count < Readings)
        {
            volts.Add(await readAsync(cancellationToken));
        }

        return Finding(volts);
    }

    /// <summary>The same sentence where no noise can be told.</summary>
    public static string NotTold(string why) => $"noise cannot be told: {why}";

    /// <summary>One sentence of a probe.</summary>
    public static string Finding(IReadOnlyList<double> volts) => string.Create(
        CultureInfo.InvariantCulture, $"voltage noise {StandardDeviation(volts) * 1e3:0.###} mV (standard deviation of {volts.Count} readings, as fast as they come)");
}
