namespace CellLab.Benchmarks;

/// <summary>Percentiles by the nearest rank.</summary>
internal static class Percentiles
{
    public static double Of(double[] sorted, double percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
}
