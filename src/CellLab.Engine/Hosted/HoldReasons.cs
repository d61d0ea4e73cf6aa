using CellLab.Core.Devices;

namespace CellLab.Engine.Hosted;

internal static class HoldReasons
{
    public const string Restart =
        "the service had ended without opening this cell; the output was switched off at start-up. What flowed after the last stored row is not counted";

    public const string NoData = "no data for too long";

    public const string ServiceEnds = "the service ends";

    /// <summary>What is known of the time before.</summary>
    public static string Known(SourceReading? last) => last is { } known
        ? FormattableString.Invariant($"last read {known.TakenAtUtc:yyyy-MM-dd HH:mm:ss} UTC, {known.VoltageVolts:F4} V, {known.CurrentAmperes * 1e3:F4} mA; what flowed since then is not counted")
        : "nothing has been read yet";
}
