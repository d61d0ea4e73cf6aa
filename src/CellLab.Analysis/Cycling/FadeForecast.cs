using System.Text.Json.Serialization;
using MathNet.Numerics.LinearRegression;

namespace CellLab.Analysis.Cycling;

/// <summary>When a block will have kept only so much of its first discharge, if it goes on as in its later half: a straight line through the retention
/// against the number of the cycle within the block, with the 95 % interval of where it crosses.</summary>
/// <param name="AtCycle">Number of the cycle within the block.</param>
public sealed record FadeForecast(
    [property: JsonPropertyName("retention_percent")] double RetentionPercent,
    [property: JsonPropertyName("at_cycle")] double AtCycle,
    [property: JsonPropertyName("low_cycle")] double LowCycle,
    [property: JsonPropertyName("high_cycle")] double HighCycle,
    [property: JsonPropertyName("from_cycle")] int FromCycle,
    [property: JsonPropertyName("to_cycle")] int ToCycle)
{
    public const double DefaultRetentionPercent = 80;

    private const int FewestCycles = 10;
    private const double Normal95 = 1.96;
    private const double Significant = 3;

    /// <summary>Null with fewer than ten cycles in the later half, when nothing fades that stands out (3 standard errors), or when it is reached already.</summary>
    public static FadeForecast? Of(IReadOnlyList<double> dischargeAh, double retentionPercent = DefaultRetentionPercent)
    {
        int from = dischargeAh.Count / 2;
        if (dischargeAh.Count - from < FewestCycles || !(dischargeAh[0] > 0))
        {
            return null;
        }

        double[] cycles = [.. Enumerable.Range(from + 1, dischargeAh.Count - from).Select(number => (double)number)];
        double[] retention = [.. dischargeAh.Skip(from).Select(ah => 100 * ah / dischargeAh[0])];
        double centre = cycles.Average();
        (double level, double slope) = SimpleRegression.Fit([.. cycles.Select(cycle => cycle - centre)], retention);
        double spread = cycles.Sum(cycle => (cycle - centre) * (cycle - centre));
        double variance = cycles.Zip(retention, (cycle, value) => Math.Pow(value - level - (slope * (cycle - centre)), 2)).Sum() / (cycles.Length - 2);
        double slopeError = Math.Sqrt(variance / spread);
        if (-slope <= Significant * slopeError || level + (slope * (cycles[^1] - centre)) <= retentionPercent)
        {
            return null;
        }

        double ahead = (retentionPercent - level) / slope;
        double error = Math.Sqrt((variance / cycles.Length) + (ahead * ahead * variance / spread)) / -slope;
        return new FadeForecast(retentionPercent, centre + ahead, centre + ahead - (Normal95 * error), centre + ahead + (Normal95 * error), from + 1, dischargeAh.Count);
    }
}
