namespace CellLab.Storage.Export;

internal static class UnixTime
{
    /// <summary>UNIX seconds; null for null.</summary>
    public static double? Of(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds() / 1000.0;
}
