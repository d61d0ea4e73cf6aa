using System.Diagnostics;

namespace CellLab.AutolabBridge.Time;

/// <summary>The machine's clocks, for the whole program. The .NET Framework has no TimeProvider, and this program depends on nothing of CellLab.</summary>
internal static class WallTime
{
#pragma warning disable RS0030 // the one place where this program reads the machine's clocks
    public static DateTime UtcNow => DateTime.UtcNow;

    /// <summary>Seconds on a clock that never runs back.</summary>
    public static double Seconds => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
#pragma warning restore RS0030
}
