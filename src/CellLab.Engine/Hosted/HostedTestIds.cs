using System.Globalization;

namespace CellLab.Engine.Hosted;

/// <summary>Names of tests that the service steps: when they began, and a number that tells two of one moment apart.</summary>
internal static class HostedTestIds
{
    private static int _count;

    public static string Next(TimeProvider wall) => string.Create(
        CultureInfo.InvariantCulture, $"h{wall.GetUtcNow():yyyyMMddHHmmssfff}-{Interlocked.Increment(ref _count)}");
}
