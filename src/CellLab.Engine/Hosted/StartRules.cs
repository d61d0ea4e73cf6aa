using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Engine.Hosted;

/// <summary>What must be true of an output before current flows, and what the device is told to watch by itself. Pure.</summary>
internal static class StartRules
{
    /// <summary>So far below a safety limit a hold stays whose own current is not stated: the noise of a reading must not end the test.</summary>
    private const double ShareOfLimit = 0.95;

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

    /// <summary>A hold or scan that states no current gets that of the safety limits, so that the output never gives all it can.</summary>
    public static SetPoint Bounded(SetPoint asked, SafetyLimits limits) =>
        asked is VoltageSetPoint { MaxAmperes: null } hold && Largest(hold.Charging, limits) is { } largest ? hold with { MaxAmperes = ShareOfLimit * largest } : asked;

    private static double? Largest(bool? charging, SafetyLimits limits)
    {
        double? charge = limits.MaxAmperes is > 0 and { } most ? most : null;
        double? discharge = limits.MinAmperes is < 0 and { } least ? -least : null;
        return charging switch
        {
            true => charge,
            false => discharge,
            null => charge is { } up && discharge is { } down ? Math.Min(up, down) : charge ?? discharge,
        };
    }
}
