using System.Globalization;
using CellLab.Core.Samples;

namespace CellLab.Core.Safety;

/// <summary>The open-circuit voltage before current flows: a fresh cell lies in its sample's range, a used one within 50 mV of where it was
/// last seen, or where it may have relaxed to since it was taken out.</summary>
public static class OcvCheck
{
    private const double UsedCellTolerance = 0.050;

    /// <param name="lastSeen">Where this cell was last seen at rest; null for a fresh one.</param>
    /// <returns>Null when the voltage is as expected, else one sentence with what was expected and found.</returns>
    public static string? Refusal(Sample sample, double? volts, LastSeen? lastSeen)
    {
        if (volts is not { } found)
        {
            return "the open-circuit voltage could not be read; the cell is not started without it; measure it by hand and give --accept-ocv REASON";
        }

        (double low, double high, string why) = lastSeen is { } last
            ? (last.Volts - last.MayFallVolts - UsedCellTolerance, last.Volts + last.MayRiseVolts + UsedCellTolerance, Why(last))
            : (sample.OcvLowVolts, sample.OcvHighVolts, "the range of the sample for a fresh cell");
        return found >= low && found <= high
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"open-circuit voltage {found:F3} V, expected {low:F3} to {high:F3} V ({why}); check the cell and its contacts, or give --accept-ocv REASON");
    }

    private static string Why(LastSeen last) => last is { MayFallVolts: 0, MayRiseVolts: 0 }
        ? "this cell was last seen at the middle of that range"
        : string.Create(CultureInfo.InvariantCulture, $"this cell was taken out at {last.Volts:F3} V and has relaxed since");
}
