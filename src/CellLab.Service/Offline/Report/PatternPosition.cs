using System.Text.Json;

namespace CellLab.Service.Offline.Report;

/// <summary>Position of a reflection as a report shows it.</summary>
internal static class PatternPosition
{
    /// <summary>(003), degrees 2theta, less the displacement offset; null where the pattern has no such peak.</summary>
    public static double? Of003(JsonElement pattern) =>
        pattern.Number("xrd", "peaks", "003", "position_deg") - (pattern.Number("xrd", "displacement_offset_deg") ?? 0);
}
