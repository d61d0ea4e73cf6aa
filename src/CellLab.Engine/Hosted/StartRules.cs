using CellLab.Core.Devices;
using CellLab.Core.Safety;

namespace CellLab.Engine.Hosted;

/// <summary>What must be true of an output before current flows, and what the device is told to watch by itself. Pure.</summary>
internal static class StartRules
{
    /// <returns>Null when the output may be driven.</returns>
    public static string? Refusal(SafetyLimits limits, in SourceReading reading)
    {
        if (reading.OutputOn)
        {
            return "its output is on though nothing runs; it was switched on by hand. Switch it off first";
        }

        if (reading.Fault is not null)
        {
            return $"the device says: {reading.Fault}; mend that and acknowledge it at the device first";
        }

        return LimitCheck.Passed(limits, reading.VoltageVolts, 0, 0) is { } outside ? $"the cell is outside its limits: {outside}" : null;
    }

    /// <summary>The program's own limits; where it has none for the current, what the output can give at all.</summary>
    public static SourceLimits LimitsFor(SafetyLimits limits, SourceMeterTraits traits) => new(
        limits.MaxVolts,
        limits.MinVolts,
        limits.MaxAmperes is { } charge ? Math.Max(charge, 0) : traits.MaxChargeAmperes,
        limits.MinAmperes is { } discharge ? Math.Max(-discharge, 0) : traits.MaxDischargeAmperes);
}
